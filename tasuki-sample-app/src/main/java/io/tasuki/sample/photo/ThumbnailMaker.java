package io.tasuki.sample.photo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.annotation.JobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes thumbnails in the background.
 */
@Component
class ThumbnailMaker {

	private static final Logger logger = LoggerFactory.getLogger(ThumbnailMaker.class);

	private final PhotoRepository photos;

	private final JobClient jobs;

	private final Duration slowDown;

	/**
	 * Creates the handler.
	 * @param slowDown pause after each thumbnail, to watch the progress; zero for none
	 */
	ThumbnailMaker(PhotoRepository photos, JobClient jobs, @Value("${sample.slow-down}") Duration slowDown) {
		this.photos = photos;
		this.jobs = jobs;
		this.slowDown = slowDown;
	}

	@JobHandler(queue = "photos", concurrency = 2, maxAttempts = 3)
	JobResult makeThumbnails(MakeThumbnails job, JobContext context) throws InterruptedException {
		Optional<byte[]> file = this.photos.findBytes(job.photoId());
		if (file.isEmpty()) {
			return JobResult.cancel("The photo was deleted");
		}
		try {
			makeThumbnails(job, Picture.decode(file.get()), context);
			logger.info("Made the thumbnails of photo {}", job.photoId());
			announce(job.photoId());
			return JobResult.done();
		}
		catch (UnreadablePictureException ex) {
			return JobResult.fail(ex.getMessage());
		}
	}

	private void makeThumbnails(MakeThumbnails job, Picture picture, JobContext context) throws InterruptedException {
		context.progress(10, "decoded");
		ThumbnailSize[] sizes = ThumbnailSize.values();
		for (int made = 0; made < sizes.length; made++) {
			context.throwIfCancelled();
			this.photos.save(job.photoId(), picture.scaleTo(sizes[made]));
			context.progress(10 + 90 * (made + 1) / sizes.length,
					"made " + sizes[made].name().toLowerCase(Locale.ROOT));
			Thread.sleep(this.slowDown.toMillis());
		}
	}

	// When this job runs again before the other one has, there is still one announcement.
	private void announce(UUID photoId) {
		this.jobs.enqueue(JobRequest.of(new AnnouncePhoto(photoId)).withUniqueKey("announce:" + photoId));
	}

}

package io.tasuki.sample.photo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.annotation.JobHandler;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes thumbnails in the background.
 */
@Component
class ThumbnailMaker {

	private final PhotoRepository photos;

	private final Duration slowDown;

	/**
	 * Creates the handler.
	 * @param slowDown pause after each thumbnail, to watch the progress; zero for none
	 */
	ThumbnailMaker(PhotoRepository photos, @Value("${sample.slow-down}") Duration slowDown) {
		this.photos = photos;
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

}

package io.tasuki.sample.photo;

import java.util.UUID;

import io.tasuki.JobClient;
import io.tasuki.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes photos in.
 */
@Service
class PhotoService {

	private static final Logger logger = LoggerFactory.getLogger(PhotoService.class);

	private final PhotoRepository photos;

	private final JobClient jobs;

	PhotoService(PhotoRepository photos, JobClient jobs) {
		this.photos = photos;
		this.jobs = jobs;
	}

	/**
	 * Stores the photo and the job that makes its thumbnails: both, or neither.
	 */
	@Transactional
	Photo add(String name, byte[] bytes) {
		UUID id = UUID.randomUUID();
		JobId jobId = this.jobs.enqueue(new MakeThumbnails(id)).id();
		Photo photo = new Photo(id, name, jobId);
		this.photos.insert(photo, bytes);
		logger.info("Took photo {} in, with job {}", id, jobId);
		return photo;
	}

}

package io.tasuki.sample.photo;

import java.util.UUID;

import io.tasuki.JobClient;
import io.tasuki.JobId;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes photos in.
 */
@Service
class PhotoService {

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
		return photo;
	}

}

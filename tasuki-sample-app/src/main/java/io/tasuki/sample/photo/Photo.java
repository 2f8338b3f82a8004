package io.tasuki.sample.photo;

import java.util.UUID;

import io.tasuki.JobId;

/**
 * A stored photo, without its bytes.
 *
 * @param id identity of the photo
 * @param name name of the uploaded file
 * @param jobId the job that makes its thumbnails
 */
record Photo(UUID id, String name, JobId jobId) {

}

package io.tasuki.sample.photo;

import java.util.UUID;

/**
 * Payload of the job that makes the thumbnails of a photo.
 *
 * @param photoId the photo
 */
record MakeThumbnails(UUID photoId) {

}

package io.tasuki.sample.photo;

import java.util.UUID;

/**
 * Payload of the job that says that a photo can be seen.
 *
 * @param photoId the photo
 */
record AnnouncePhoto(UUID photoId) {

}

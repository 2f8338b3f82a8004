package io.tasuki.sample.photo;

/**
 * A photo made small.
 *
 * @param size which of the sizes this is
 * @param width in pixels
 * @param height in pixels
 * @param jpeg the picture
 */
record Thumbnail(ThumbnailSize size, int width, int height, byte[] jpeg) {

}

package io.tasuki.sample.photo;

/**
 * The sizes in which a photo is shown.
 */
enum ThumbnailSize {

	SMALL(160), MEDIUM(480), LARGE(1200);

	private final int longestEdge;

	ThumbnailSize(int longestEdge) {
		this.longestEdge = longestEdge;
	}

	/**
	 * Returns the longest edge in pixels; a smaller photo keeps its own.
	 */
	int longestEdge() {
		return this.longestEdge;
	}

}

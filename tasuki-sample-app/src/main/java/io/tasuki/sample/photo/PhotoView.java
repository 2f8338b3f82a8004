package io.tasuki.sample.photo;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A photo as the page sees it.
 *
 * @param id identity of the photo
 * @param name name of the uploaded file
 * @param jobId number of the job that makes its thumbnails
 * @param state how far that job is
 * @param attempt number of its current or latest attempt; {@code null} before the first
 * and when all is done
 * @param progress of the job in percent; {@code null} when none was reported
 * @param note the handler's words with that progress, or why the job failed; {@code null}
 * when there are none
 * @param thumbnails addresses of the thumbnails that exist, smallest first
 */
record PhotoView(UUID id, String name, long jobId, State state, @Nullable Integer attempt, @Nullable Integer progress,
		@Nullable String note, List<String> thumbnails) {

	/** What the page says. */
	enum State {

		WAITING, RUNNING, RETRYING, DONE, DEAD, CANCELLED

	}

}

package io.tasuki.autoconfigure;

import java.util.List;

import io.tasuki.TasukiException;

/** No DataSource, or none of several, is the queue's. */
final class NoQueueDataSourceException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> candidates;

	NoQueueDataSourceException(List<String> candidates) {
		super(candidates.isEmpty() ? "There is no DataSource for the queue"
				: "Nobody says which DataSource is the queue's: " + candidates);
		this.candidates = candidates;
	}

	/** Names of the beans of which one could be chosen. */
	List<String> candidates() {
		return this.candidates;
	}

}

package io.tasuki.actuate;

import io.tasuki.JobId;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** What is asked for is not there. */
final class NotThereException extends InvalidEndpointRequestException {

	private static final long serialVersionUID = 1L;

	NotThereException(String message) {
		super(message, message);
	}

	NotThereException(JobId id) {
		this("There is no job %s, or not any more: an old one may have been deleted".formatted(id));
	}

}

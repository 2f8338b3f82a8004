package io.tasuki.worker;

import io.tasuki.TasukiException;

/**
 * A handler or a queue names an executor that there is not.
 */
public class UnknownExecutorException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final String executor;

	private final String user;

	private final String reason;

	// No cause: what Spring would say of its own exception hides who names the executor.
	UnknownExecutorException(String executor, String user, String reason) {
		super("There is no executor '%s', which %s names: %s".formatted(executor, user, reason));
		this.executor = executor;
		this.user = user;
		this.reason = reason;
	}

	/**
	 * Returns the name.
	 */
	public String executor() {
		return this.executor;
	}

	/**
	 * Says who names it: a handler or a queue.
	 */
	public String user() {
		return this.user;
	}

	/**
	 * Says why there is none.
	 */
	public String reason() {
		return this.reason;
	}

}

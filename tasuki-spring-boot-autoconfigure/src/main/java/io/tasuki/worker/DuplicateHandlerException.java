package io.tasuki.worker;

import io.tasuki.TasukiException;

/**
 * Two handlers claim the same kind, so nobody can say which should run its jobs.
 */
public class DuplicateHandlerException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final String kind;

	private final String first;

	private final String second;

	DuplicateHandlerException(String kind, String first, String second) {
		super("Two handlers for kind '%s': %s and %s".formatted(kind, first, second));
		this.kind = kind;
		this.first = first;
		this.second = second;
	}

	/**
	 * Returns the kind or alias that both handlers name.
	 */
	public String kind() {
		return this.kind;
	}

	/**
	 * Returns the description of the handler that was registered first.
	 */
	public String first() {
		return this.first;
	}

	/**
	 * Returns the description of the handler that was refused.
	 */
	public String second() {
		return this.second;
	}

}

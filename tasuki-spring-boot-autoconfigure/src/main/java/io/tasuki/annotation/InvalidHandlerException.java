package io.tasuki.annotation;

import io.tasuki.TasukiException;
import org.jspecify.annotations.Nullable;

/**
 * A method annotated with {@link JobHandler @JobHandler} cannot run jobs.
 */
public class InvalidHandlerException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final String handler;

	private final String problem;

	private final String remedy;

	InvalidHandlerException(String handler, String problem, String remedy) {
		this(handler, problem, remedy, null);
	}

	InvalidHandlerException(String handler, String problem, String remedy, @Nullable Throwable cause) {
		super("Handler method %s %s. %s".formatted(handler, problem, remedy), cause);
		this.handler = handler;
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * Names the bean and the method.
	 */
	public String handler() {
		return this.handler;
	}

	/**
	 * Says what is wrong, as the second half of a sentence whose subject is the method.
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Says what to change.
	 */
	public String remedy() {
		return this.remedy;
	}

}

package io.tasuki.actuate;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Who wants something changed, as far as that can be told.
 *
 * @param words the beginning of a sentence
 */
record Caller(String words) {

	/** Somebody at a JMX console: the endpoint is not told who. */
	static final Caller OVER_JMX = new Caller("Somebody, JMX does not say who, asked over JMX");

	/**
	 * Returns who sent a request.
	 * @param principal {@code null} if nobody has authenticated
	 */
	static Caller overHttp(@Nullable Principal principal) {
		return new Caller((principal != null) ? "User '%s' asked over HTTP".formatted(oneLine(principal.getName()))
				: "Somebody who was not asked to log in asked over HTTP");
	}

	private static String oneLine(String name) {
		return name.replaceAll("\\p{Cntrl}", "\uFFFD");
	}

	@Override
	public String toString() {
		return this.words;
	}

}

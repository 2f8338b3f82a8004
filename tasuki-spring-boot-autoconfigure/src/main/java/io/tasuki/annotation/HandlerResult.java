package io.tasuki.annotation;

import io.tasuki.JobResult;
import io.tasuki.JsonText;
import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
import io.tasuki.TasukiException;
import org.jspecify.annotations.Nullable;

/** Makes a {@link JobResult} of what a handler method returned. */
final class HandlerResult {

	private static final int MAX_LENGTH = 1024 * 1024;

	private final Class<?> returnType;

	private final PayloadSerializer serializer;

	private final String handler;

	HandlerResult(Class<?> returnType, PayloadSerializer serializer, String handler) {
		this.returnType = returnType;
		this.serializer = serializer;
		this.handler = handler;
	}

	JobResult of(@Nullable Object returned) {
		if (this.returnType == void.class) {
			return JobResult.done();
		}
		if (JobResult.class.isAssignableFrom(this.returnType)) {
			return result((JobResult) returned);
		}
		return (returned != null) ? JobResult.done(write(returned)) : JobResult.done();
	}

	private JobResult result(@Nullable JobResult returned) {
		if (returned == null) {
			throw new TasukiException(
					"Handler method %s returned null instead of a JobResult, JobResult.done() for success"
						.formatted(this.handler));
		}
		return returned;
	}

	private String write(Object result) {
		String json = this.serializer.serialize(result);
		if (json.length() > MAX_LENGTH) {
			throw new PayloadException(
					"""
							The result of handler method %s has %d characters as JSON, more than the %d that are kept. Store it \
							yourself and return where it is"""
						.formatted(this.handler, json.length(), MAX_LENGTH));
		}
		if (JsonText.containsNul(json)) {
			throw new PayloadException(
					("The result of handler method %s contains the character U+0000, which PostgreSQL"
							+ " cannot store in JSON")
						.formatted(this.handler));
		}
		return json;
	}

}

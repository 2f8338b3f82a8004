package io.tasuki.annotation;

import java.lang.reflect.Type;

import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.PayloadSerializer;
import io.tasuki.UnreadablePayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of a job as the type of a parameter.
 *
 * @param serializer reads it
 * @param type what to read it as
 * @param nullable whether the parameter takes {@code null} from a job without payload
 */
record PayloadArgument(PayloadSerializer serializer, Type type, boolean nullable) implements HandlerArgument {

	@Override
	public @Nullable Object resolve(JobContext context) {
		return read(context.job());
	}

	@Nullable Object read(Job job) {
		String payload = job.payload();
		if (payload != null) {
			return this.serializer.deserialize(payload, this.type);
		}
		if (this.nullable) {
			return null;
		}
		throw new UnreadablePayloadException(
				"%s carries no payload, but its handler takes a %s".formatted(job, this.type.getTypeName()));
	}

}

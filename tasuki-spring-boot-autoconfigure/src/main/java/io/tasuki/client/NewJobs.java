package io.tasuki.client;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.tasuki.JobRequest;
import io.tasuki.KindDefaults;
import io.tasuki.Kinds;
import io.tasuki.PayloadVersion;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a request a job to store: fills in what the request leaves open from the
 * payload's class, from the handler of this process and from the defaults, in this order.
 */
final class NewJobs {

	private final PayloadWriter payloads;

	private final Function<String, Optional<String>> handlerQueue;

	NewJobs(PayloadWriter payloads, Function<String, Optional<String>> handlerQueue) {
		this.payloads = payloads;
		this.handlerQueue = handlerQueue;
	}

	NewJob of(JobRequest<?> request, Carried carried) {
		KindDefaults defaults = defaultsOf(request);
		String kind = defaults.kind();
		String queue = queueOf(request, defaults);
		int priority = (request.priority() != null) ? request.priority() : defaults.priority();
		Integer maxAttempts = (request.maxAttempts() != null) ? request.maxAttempts() : defaults.maxAttempts();
		return new NewJob(kind, queue, this.payloads.write(request.payload(), kind, queue), priority, request.delay(),
				request.runAt(), maxAttempts, request.uniqueKey(), request.label(),
				carried.with(PayloadVersion.in(request.metadata(), defaults.version()), this.payloads::writeMetadata));
	}

	private static KindDefaults defaultsOf(JobRequest<?> request) {
		Object payload = request.payload();
		if (payload instanceof JobRequest) {
			throw new IllegalArgumentException(
					"A job request is not a payload: the request of kind '%s' for queue '%s' carries another request"
						.formatted(orUnnamed(request.kind()), orUnnamed(request.queue())));
		}
		if (payload == null) {
			return KindDefaults.none(Objects.requireNonNull(request.kind(), "A job request needs a payload or a kind"));
		}
		Optional<KindDefaults> ofClass = Kinds.defaultsOf(payload.getClass());
		String kind = request.kind();
		if (kind == null) {
			return ofClass.orElseThrow(() -> noKind(payload, request.queue()));
		}
		// A class says nothing of a kind that is not its own.
		return ofClass.filter((defaults) -> defaults.kind().equals(kind)).orElseGet(() -> KindDefaults.none(kind));
	}

	private static IllegalArgumentException noKind(Object payload, @Nullable String queue) {
		String many = (payload instanceof Collection) ? ". To enqueue each element as a job, use enqueueAll" : "";
		return new IllegalArgumentException("""
				No kind can be told from a payload of class %s, for queue '%s': name the kind, as in \
				JobRequest.of("mail.welcome", payload), or give the payload a class or record of its own%s"""
			.formatted(payload.getClass().getTypeName(), orUnnamed(queue), many));
	}

	private static String orUnnamed(@Nullable String name) {
		return (name != null) ? name : "(not named)";
	}

	private String queueOf(JobRequest<?> request, KindDefaults defaults) {
		if (request.queue() != null) {
			return request.queue();
		}
		if (defaults.queue() != null) {
			return defaults.queue();
		}
		return this.handlerQueue.apply(defaults.kind()).orElse(JobRequest.DEFAULT_QUEUE);
	}

}

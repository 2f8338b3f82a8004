package io.tasuki.observation;

import java.util.Map;

import io.micrometer.observation.transport.Propagator;
import io.tasuki.client.EnqueueCall;

/**
 * What a job carries of the trace in which it was enqueued: the fields that the tracer
 * writes for whoever receives something, under a prefix.
 */
final class CarriedTrace {

	/** Beginning of the names in a job's metadata. */
	static final String PREFIX = "tasuki.trace.";

	static final Propagator.Setter<EnqueueCall> SETTER = (call, field, value) -> {
		if (call != null) {
			call.carry(PREFIX + field, value);
		}
	};

	static final Propagator.Getter<Map<String, String>> GETTER = (metadata, field) -> metadata.get(PREFIX + field);

	private CarriedTrace() {
	}

	static boolean isIn(Map<String, String> metadata) {
		for (String name : metadata.keySet()) {
			if (name.startsWith(PREFIX)) {
				return true;
			}
		}
		return false;
	}

}

package io.tasuki.annotation;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import io.tasuki.KindDefaults;
import io.tasuki.Kinds;
import io.tasuki.PayloadUpcaster;
import io.tasuki.worker.HandlerRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/** Has handlers read the payloads of all versions that their upcasters know. */
final class PayloadVersions {

	private final List<PayloadUpcaster> upcasters;

	PayloadVersions(List<PayloadUpcaster> upcasters) {
		this.upcasters = upcasters;
	}

	/**
	 * Returns a registration by hand, which reads what the last upcaster of its kind
	 * makes.
	 */
	HandlerRegistration versioned(HandlerRegistration handler) {
		List<PayloadUpcaster> own = own(handler);
		int last = own.stream().mapToInt(PayloadUpcaster::fromVersion).max().orElse(0);
		return own.isEmpty() ? handler : handler.withUpcasters(last + 1, own);
	}

	/**
	 * Returns a handler method, which reads what the class of its payload says.
	 */
	HandlerRegistration versioned(HandlerRegistration handler, @Nullable Type payloadType) {
		return (payloadType != null)
				? version(payloadType, handler.kind()).map((version) -> handler.withUpcasters(version, own(handler)))
					.orElseGet(() -> versioned(handler))
				: handler;
	}

	private static Optional<Integer> version(Type payloadType, String kind) {
		return Kinds.defaultsOf(ResolvableType.forType(payloadType).toClass())
			.filter((defaults) -> defaults.kind().equals(kind))
			.map(KindDefaults::version);
	}

	private List<PayloadUpcaster> own(HandlerRegistration handler) {
		return this.upcasters.stream().filter((upcaster) -> handler.jobs().kinds().contains(upcaster.kind())).toList();
	}

}

package io.tasuki.worker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the handler of a kind. Filled before the worker starts; safe for use by many
 * threads.
 */
public final class HandlerRegistry {

	private final Map<String, HandlerRegistration> byKind = new ConcurrentHashMap<>();

	private final Map<String, HandlerRegistration> registrations = new LinkedHashMap<>();

	/**
	 * Adds a handler under its kind and its aliases.
	 * @throws DuplicateHandlerException if one of these names is taken
	 */
	public synchronized void register(HandlerRegistration registration) {
		registration.jobs().kinds().forEach((kind) -> checkFree(kind, registration));
		registration.jobs().kinds().forEach((kind) -> this.byKind.put(kind, registration));
		this.registrations.put(registration.kind(), registration);
	}

	private void checkFree(String kind, HandlerRegistration registration) {
		HandlerRegistration taken = this.byKind.get(kind);
		if (taken != null) {
			throw new DuplicateHandlerException(kind, taken.description(), registration.description());
		}
	}

	/**
	 * Finds the handler that runs jobs of this kind, by its kind or an alias.
	 */
	public Optional<HandlerRegistration> find(String kind) {
		return Optional.ofNullable(this.byKind.get(kind));
	}

	/**
	 * Returns the kinds that have a handler, aliases included.
	 */
	public Set<String> kinds() {
		return Set.copyOf(this.byKind.keySet());
	}

	/**
	 * Returns all handlers in the order of their registration.
	 */
	public synchronized Collection<HandlerRegistration> all() {
		return List.copyOf(this.registrations.values());
	}

}

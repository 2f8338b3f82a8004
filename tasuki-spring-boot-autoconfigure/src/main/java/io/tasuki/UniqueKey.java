package io.tasuki;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What at most one live job of a queue has: a key of the caller's, or the job's own kind
 * and payload. The key is free again when that job has ended.
 *
 * @param value the key; {@code null} for kind and payload, where payloads are the same if
 * they are the same JSON, whatever the order of their properties
 * @param conflictPolicy what happens when a live job has it
 */
public record UniqueKey(@Nullable String value, ConflictPolicy conflictPolicy) {

	public UniqueKey {
		Names.checkUniqueKey(value);
		Objects.requireNonNull(conflictPolicy, "'conflictPolicy' must not be null");
	}

	/**
	 * Returns a key that lets the job be which has it.
	 * @param value one to {@value Names#MAX_UNIQUE_KEY_LENGTH} characters
	 * @throws IllegalArgumentException if it is {@code null}, blank, too long or contains
	 * a control character
	 */
	public static UniqueKey of(String value) {
		if (value == null) {
			throw new IllegalArgumentException("Unique key must not be null");
		}
		return new UniqueKey(value, ConflictPolicy.KEEP);
	}

	/**
	 * Returns the key that jobs of one kind share whose payloads are the same. Lets the
	 * job be which has it.
	 */
	public static UniqueKey ofPayload() {
		return new UniqueKey(null, ConflictPolicy.KEEP);
	}

	/**
	 * Returns this key with another way to meet the job that has it.
	 */
	public UniqueKey withConflictPolicy(ConflictPolicy conflictPolicy) {
		return new UniqueKey(this.value, conflictPolicy);
	}

	/**
	 * Names the key in a message.
	 */
	@Override
	public String toString() {
		return (this.value != null) ? "'" + this.value + "'" : "of its payload";
	}

}

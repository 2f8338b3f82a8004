package io.tasuki;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Brings a stored payload from one version of its kind to the next, so that jobs which
 * wait while the payload's class changes its shape can still be read. Beans of this type
 * are called one after the other, from the version a job was stored with up to that of
 * {@link JobKind @JobKind} on the class; a step without an upcaster changes nothing. What
 * is stored stays as it is.
 */
public interface PayloadUpcaster {

	/**
	 * Returns the kind of the jobs whose payloads this is for.
	 */
	String kind();

	/**
	 * Returns the version this starts from, at least 1; the result is of the next one.
	 */
	int fromVersion();

	/**
	 * Returns a payload of the next version. Called by many threads at once, at each
	 * attempt.
	 * @param json a payload of the version this starts from
	 * @throws RuntimeException if that is not possible: the payload counts as unreadable,
	 * so the job is dead at once
	 */
	String upcast(String json);

	/**
	 * Returns an upcaster.
	 * @param kind kind of the jobs
	 * @param fromVersion version it starts from, at least 1
	 * @param upcast makes a payload of the next version
	 */
	static PayloadUpcaster of(String kind, int fromVersion, UnaryOperator<String> upcast) {
		Names.checkKind(Objects.requireNonNull(kind, "'kind' must not be null"));
		PayloadVersion.check(fromVersion);
		return new PayloadUpcaster() {

			@Override
			public String kind() {
				return kind;
			}

			@Override
			public int fromVersion() {
				return fromVersion;
			}

			@Override
			public String upcast(String json) {
				return upcast.apply(json);
			}

			@Override
			public String toString() {
				return "the upcaster from version %d of kind '%s'".formatted(fromVersion, kind);
			}

		};
	}

}

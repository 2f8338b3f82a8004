package io.tasuki;

import java.util.HashMap;
import java.util.Map;

/**
 * Which version of its kind a payload has: the rule stands here once, for those who
 * enqueue and for handlers. It is kept in the job's metadata, and only from the second
 * version on, so that whoever changes no payload stores and reads nothing for it.
 */
public final class PayloadVersion {

	/** Name of the entry in a job's metadata. */
	public static final String METADATA = "tasuki.payload-version";

	private PayloadVersion() {
	}

	/**
	 * Returns the version of a stored payload, 1 if nothing else is said.
	 * @throws UnreadablePayloadException if the job says something that is no version
	 */
	public static int of(Job job) {
		String version = job.metadata().get(METADATA);
		if (version == null) {
			return 1;
		}
		try {
			return check(Integer.parseInt(version));
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadablePayloadException(
					"%s says '%s' in its metadata, which is no version of its payload".formatted(job, version), ex);
		}
	}

	/**
	 * Returns metadata that says this version, unless it says one already.
	 */
	public static Map<String, String> in(Map<String, String> metadata, int version) {
		if (version == 1 || metadata.containsKey(METADATA)) {
			return metadata;
		}
		Map<String, String> versioned = new HashMap<>(metadata);
		versioned.put(METADATA, Integer.toString(version));
		return versioned;
	}

	static int check(int version) {
		if (version < 1) {
			throw new IllegalArgumentException("Version of a payload must be at least 1, not " + version);
		}
		return version;
	}

}

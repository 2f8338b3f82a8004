package io.tasuki.postgres;

import java.security.SecureRandom;

import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;

/**
 * Who a worker is, from one start to one stop.
 *
 * @param id drawn at random
 * @param name what people call it
 * @param host machine or container it runs on
 * @param pid its process there
 * @param version version of tasuki; {@code null} where classes are not packed in a jar
 */
record WorkerIdentity(long id, WorkerName name, String host, long pid, @Nullable String version) {

	private static final SecureRandom random = new SecureRandom();

	static WorkerIdentity inThisProcess(WorkerName name) {
		return new WorkerIdentity(random.nextLong(), name, WorkerName.thisHost(), ProcessHandle.current().pid(),
				WorkerIdentity.class.getPackage().getImplementationVersion());
	}

}

package io.tasuki.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.tasuki.store.UnknownKind;
import io.tasuki.worker.WorkerHealth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows how the worker of this application instance is doing, and which jobs wait in its
 * queues for want of a handler. What there is to see and to do over all instances is
 * added by {@link TasukiEndpointWebExtension} and {@link TasukiEndpointJmxExtension}.
 *
 * <p>
 * Read-only unless {@code management.endpoint.tasuki.access} says {@code unrestricted}.
 */
@Endpoint(id = "tasuki", defaultAccess = Access.READ_ONLY)
public class TasukiEndpoint {

	private final @Nullable Supplier<WorkerHealth> worker;

	private final Supplier<List<UnknownKind>> unknownKinds;

	/**
	 * Creates an endpoint.
	 * @param worker asked each time; {@code null} where no worker runs
	 * @param unknownKinds asked each time; may fail when the database is away
	 */
	public TasukiEndpoint(@Nullable Supplier<WorkerHealth> worker, Supplier<List<UnknownKind>> unknownKinds) {
		this.worker = worker;
		this.unknownKinds = unknownKinds;
	}

	/**
	 * Describes the worker and its queues. Asks the database for the latter, and says so
	 * if it does not answer.
	 */
	@ReadOperation
	public TasukiDescriptor tasuki() {
		WorkerHealth health = (this.worker != null) ? this.worker.get() : null;
		try {
			return new TasukiDescriptor(health, queues(this.unknownKinds.get()), null);
		}
		catch (RuntimeException ex) {
			return new TasukiDescriptor(health, null, String.valueOf(ex.getMessage()));
		}
	}

	private static Map<String, QueueDescriptor> queues(List<UnknownKind> unknownKinds) {
		Map<String, List<UnknownKindDescriptor>> byQueue = new TreeMap<>();
		unknownKinds.forEach((unknown) -> byQueue.computeIfAbsent(unknown.queue(), (queue) -> new ArrayList<>())
			.add(UnknownKindDescriptor.of(unknown)));
		Map<String, QueueDescriptor> queues = new TreeMap<>();
		byQueue.forEach((queue, kinds) -> queues.put(queue, new QueueDescriptor(List.copyOf(kinds))));
		return queues;
	}

	/**
	 * Describes a worker and its queues.
	 *
	 * @param worker how it is doing; {@code null} if this instance has none
	 * @param queues the queues in which something waits that no handler runs, by name;
	 * {@code null} if the database does not answer
	 * @param error why it does not; {@code null} if it does
	 */
	public record TasukiDescriptor(@Nullable WorkerHealth worker, @Nullable Map<String, QueueDescriptor> queues,
			@Nullable String error) implements OperationResponseBody {

	}

	/**
	 * Describes a queue.
	 *
	 * @param unknownKinds kinds of jobs that wait there although no handler runs them
	 */
	public record QueueDescriptor(List<UnknownKindDescriptor> unknownKinds) {

	}

	/**
	 * Describes jobs of one kind without a handler in one queue.
	 *
	 * @param kind their kind
	 * @param jobs how many of them were seen
	 * @param more whether there may be more of them than were looked at
	 * @param dueFor how long the one that waits longest has been due
	 */
	public record UnknownKindDescriptor(String kind, long jobs, boolean more, Duration dueFor) {

		private static UnknownKindDescriptor of(UnknownKind unknown) {
			return new UnknownKindDescriptor(unknown.kind(), unknown.jobs(), unknown.more(), unknown.dueFor());
		}

	}

}

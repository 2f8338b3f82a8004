package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.tasuki.Names;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a handler runs.
 *
 * @param kind their kind
 * @param aliases former names of that kind, whose waiting jobs it runs as well
 * @param queue queue in which they wait unless their request says otherwise; {@code null}
 * for the default queue
 */
public record HandledJobs(String kind, Set<String> aliases, @Nullable String queue) {

	public HandledJobs {
		Names.checkKind(Objects.requireNonNull(kind, "'kind' must not be null"));
		aliases = Set.copyOf(aliases);
		aliases.forEach(Names::checkKind);
		Names.checkQueue(queue);
	}

	/**
	 * Returns the jobs of a kind without former names, in the default queue.
	 */
	public static HandledJobs of(String kind) {
		return new HandledJobs(kind, Set.of(), null);
	}

	/**
	 * Returns these with other former names of their kind.
	 */
	public HandledJobs withAliases(Set<String> aliases) {
		return new HandledJobs(this.kind, aliases, this.queue);
	}

	/**
	 * Returns these in another queue.
	 */
	public HandledJobs withQueue(@Nullable String queue) {
		return new HandledJobs(this.kind, this.aliases, queue);
	}

	/**
	 * Returns the kind, and after it its former names.
	 */
	public List<String> kinds() {
		List<String> kinds = new ArrayList<>(this.aliases);
		kinds.add(0, this.kind);
		return kinds;
	}

}

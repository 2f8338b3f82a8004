package io.tasuki.actuate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.tasuki.JobFilter;
import io.tasuki.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A filter as operators write it.
 *
 * @param state states, separated by commas
 */
record FilterParameters(@Nullable String state, @Nullable String queue, @Nullable String kind, @Nullable String label,
		@Nullable String createdFrom, @Nullable String createdBefore, @Nullable String finishedFrom,
		@Nullable String finishedBefore) {

	/**
	 * Reads the filter.
	 * @param unless has the states that are meant where none is given
	 */
	JobFilter toFilter(JobFilter unless) {
		String states = Parameters.text(this.state);
		return Parameters.check(() -> new JobFilter((states != null) ? states(states) : unless.states(),
				Parameters.text(this.queue), Parameters.text(this.kind), Parameters.text(this.label),
				Parameters.instant("createdFrom", this.createdFrom),
				Parameters.instant("createdBefore", this.createdBefore),
				Parameters.instant("finishedFrom", this.finishedFrom),
				Parameters.instant("finishedBefore", this.finishedBefore)));
	}

	private static Set<JobState> states(String value) {
		Set<JobState> states = EnumSet.noneOf(JobState.class);
		for (String name : value.split(",")) {
			states.add(state(name.strip()));
		}
		return states;
	}

	private static JobState state(String name) {
		return Arrays.stream(JobState.values())
			.filter((state) -> state.name().equals(name.toUpperCase(Locale.ROOT)))
			.findAny()
			.orElseThrow(() -> Parameters.refused("'state' must be one of %s, or several separated by commas, not '%s'"
				.formatted(Arrays.toString(JobState.values()).replaceAll("[\\[\\]]", ""), name)));
	}

}

package io.tasuki.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.tasuki.JobFilter;
import org.jspecify.annotations.Nullable;

/** Says which jobs a filter lets pass, as it was understood. */
final class FilterWords {

	private FilterWords() {
	}

	static String of(JobFilter filter) {
		List<String> words = new ArrayList<>();
		words.add("state " + filter.states().stream().sorted().map(Enum::name).collect(Collectors.joining(" or ")));
		add(words, "queue '%s'", filter.queue());
		add(words, "kind '%s'", filter.kind());
		add(words, "label '%s'", filter.label());
		add(words, "created from %s on", filter.createdFrom());
		add(words, "created before %s", filter.createdBefore());
		add(words, "finished from %s on", filter.finishedFrom());
		add(words, "finished before %s", filter.finishedBefore());
		return String.join(", ", words);
	}

	private static void add(List<String> words, String format, @Nullable Object value) {
		if (value != null) {
			words.add(format.formatted(value));
		}
	}

}

package io.tasuki.faults;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbered situations that break job queues, S1 and so on, as the display names of
 * tests cite them.
 */
final class Situations {

	private static final Pattern NUMBER = Pattern.compile("\\bS(\\d+)\\b");

	private Situations() {
	}

	/**
	 * Returns the numbers that each need a test.
	 */
	static Set<Integer> all() {
		return Stream.of(IntStream.rangeClosed(1, 14), IntStream.rangeClosed(18, 20), IntStream.rangeClosed(22, 34))
			.flatMap(IntStream::boxed)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Returns the numbers that a display name cites.
	 */
	static SortedSet<Integer> citedIn(String displayName) {
		return NUMBER.matcher(displayName)
			.results()
			.map((MatchResult match) -> Integer.valueOf(match.group(1)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	static String describe(Collection<Integer> numbers) {
		return numbers.stream().map((number) -> "S" + number).collect(Collectors.joining(" "));
	}

}

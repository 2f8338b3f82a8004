package io.tasuki.histories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance, the same for the same seed. */
final class Dice {

	private final Random random;

	Dice(long seed) {
		this.random = new Random(seed);
	}

	boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	int from(int least, int most) {
		return least + this.random.nextInt(most - least + 1);
	}

	<T> T oneOf(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/** Draws up to so many different ones, in any order; at least one if there is any. */
	<T> List<T> someOf(Collection<T> all, int most) {
		List<T> shuffled = new ArrayList<>(all);
		Collections.shuffle(shuffled, this.random);
		return List.copyOf(shuffled.subList(0, Math.min(from(1, most), shuffled.size())));
	}

}

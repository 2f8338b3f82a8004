package io.tasuki.metrics;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlacesTests {

	private final Places<Object> places = new Places<>((kind, queue) -> new StringBuilder(kind + " in " + queue));

	@Test
	void makeTheMetersOfAPlaceOnce() {
		Object first = this.places.find("a", "q");
		assertThat(this.places.find("a", "q")).isSameAs(first).hasToString("a in q");
		assertThat(this.places.find("b", "q")).hasToString("b in q");
		assertThat(this.places.find("a", "r")).hasToString("a in r");
	}

	@Test
	void giveAllPlacesBeyondTheirNumberTheSame() { // B52
		IntStream.range(0, Places.MOST).forEach((i) -> this.places.find("kind" + i, "queue" + i % 3));
		Object others = this.places.find("one more", "q");
		assertThat(others).hasToString("other in other");
		assertThat(this.places.find("and another", "queue0")).isSameAs(others);
		assertThat(this.places.find("kind0", "queue0")).hasToString("kind0 in queue0");
	}

}

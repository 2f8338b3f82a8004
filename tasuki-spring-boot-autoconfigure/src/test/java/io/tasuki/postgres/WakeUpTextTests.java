package io.tasuki.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.tasuki.JobId;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WakeUpTextTests {

	private static final Position POSITION = new Position(Instant.parse("2026-01-01T12:00:00.123456Z"), 42);

	@ParameterizedTest
	@ValueSource(strings = { "mail", "*", "?1", "with, 'odd' \"signs\" \\ | : ;", " spaces ", "日本語 ä 😀", "-" })
	void readsWhatItWrote(String queue) {
		List<WakeUp> wakeUps = List.of(new WakeUp(queue, 0, POSITION, Duration.ZERO),
				new WakeUp(queue, 9, new Position(Instant.parse("9999-12-31T23:59:59Z"), Long.MAX_VALUE),
						Duration.ofDays(40_000).plusNanos(1_000)),
				new WakeUp("other", 5, new Position(Instant.EPOCH, 1), Duration.ofMillis(1)));
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", wakeUps, List.of())))
			.isEqualTo(new WakeUpText("abc", false, wakeUps, List.of()));
	}

	@Test
	void readsTheCancelRequestsItWrote() {
		List<WakeUp> wakeUps = List.of(new WakeUp("#1", 5, POSITION, Duration.ZERO));
		List<JobId> cancelRequests = List.of(new JobId(1), new JobId(Long.MAX_VALUE));
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", wakeUps, cancelRequests)))
			.isEqualTo(new WakeUpText("abc", false, wakeUps, cancelRequests));
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", List.of(), cancelRequests)))
			.isEqualTo(new WakeUpText("abc", false, List.of(), cancelRequests));
	}

	@Test
	void writesCancelRequestsSoThatTheyAreNoWakeUpToWhoeverKnowsOnlyThose() { // S24
		String text = WakeUpText.encode("abc", List.of(), List.of(new JobId(1), new JobId(2)));
		assertThat(text.split("\u001e")[1].split("\u001f")).hasSize(1);
	}

	@Test
	void saysAllWhenThereAreTooManyCancelRequests() {
		List<JobId> many = LongStream.range(0, 1_000).mapToObj((i) -> new JobId(Long.MAX_VALUE - i)).toList();
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", List.of(), many)).all()).isTrue();
	}

	@Test
	void saysAllWhenItWouldBeTooLong() {
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", places(60, "x"), List.of())).wakeUps()).hasSize(60);
		assertThat(WakeUpText.decode(WakeUpText.encode("abc", places(300, "x"), List.of())))
			.isEqualTo(new WakeUpText("abc", true, List.of(), List.of()));
	}

	@Test
	void measuresBytesRatherThanCharacters() {
		String fits = WakeUpText.encode("abc", places(40, "x"), List.of());
		String tooLong = WakeUpText.encode("abc", places(40, "語"), List.of());
		assertThat(fits.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(7900);
		assertThat(WakeUpText.decode(tooLong).all()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hello", "abc\u001e", "abc\u001email", "abc\u001email\u001fx\u001f1\u001f1\u001f1",
			"abc\u001e*", "abc\u001e#", "abc\u001e#1,x", "abc\u001e#-1" })
	void takesForAllWhatItCannotRead(String text) {
		assertThat(WakeUpText.decode(text).all()).isTrue();
	}

	@Test
	void wakesNobodyByASelfTest() {
		WakeUpText text = WakeUpText.decode(WakeUpText.encodeSelfTest("abc", 7));
		assertThat(text).isEqualTo(new WakeUpText("abc", false, List.of(), List.of()));
	}

	private static List<WakeUp> places(int count, String letter) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new WakeUp(letter.repeat(100) + i, 5, POSITION, Duration.ZERO))
			.toList();
	}

}

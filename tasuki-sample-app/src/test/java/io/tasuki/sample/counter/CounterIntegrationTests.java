package io.tasuki.sample.counter;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.tasuki.sample.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ActiveProfiles("counter")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class CounterIntegrationTests implements TestDatabase {

	private static final Pattern LINE = Pattern.compile("(\\d+) on \\S+ after -?\\d+ ms");

	@Test
	void runsEachNumberOnce(CapturedOutput output) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(numbers(output)).hasSizeGreaterThan(9));
		assertThat(numbers(output)).contains(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).doesNotHaveDuplicates();
	}

	private static List<Long> numbers(CapturedOutput output) {
		return LINE.matcher(output.getAll()).results().map((line) -> Long.valueOf(line.group(1))).toList();
	}

}

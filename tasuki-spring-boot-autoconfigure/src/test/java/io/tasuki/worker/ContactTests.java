package io.tasuki.worker;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ContactTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	private final Logger logger = (Logger) LoggerFactory.getLogger(Contact.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	// Near the end of its range, where a nanosecond more makes it negative.
	private long now = Long.MAX_VALUE - 1_000;

	private final Contact contact = new Contact("the poller", LONGEST_WAIT, LEASE, () -> this.now);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void listenNoMore() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void saysInOneLineWhatTheServerSaysInTwo() {
		this.contact.failed(new IllegalStateException("ERROR: lock timeout\n  Position: 13"));
		assertThat(lines()).singleElement().asString().contains("the poller: ERROR: lock timeout, Position: 13. ");
	}

	@Test
	void saysNothingWhileTheDatabaseAnswers() {
		this.contact.succeeded();
		this.contact.succeeded();
		assertThat(lines()).isEmpty();
	}

	@Test
	void briefOutageIsAWarningAndItsEnd() {
		failFor(Duration.ofMillis(2_500));
		this.contact.succeeded();
		this.contact.succeeded();
		assertThat(lines()).containsExactly(
				"WARN The database does not answer the poller: refused. Trying again until it does",
				"INFO The database answers the poller again after 2.5s and 26 failed tries");
	}

	@Test
	void outageLongerThanALeaseIsAnErrorOnce() {
		failFor(LEASE.minusMillis(100));
		assertThat(levels()).containsExactly(Level.WARN);
		failFor(Duration.ofMinutes(4));
		assertThat(levels()).containsExactly(Level.WARN, Level.ERROR);
		assertThat(lines().get(1)).contains("has not answered the poller for 30s, longer than a lease")
			.contains("workers that reach it take over what this one holds")
			.endsWith("302 tries failed, the latest: refused");
	}

	@Test
	void remindsEverMoreSeldom() {
		failFor(Duration.ofHours(3));
		assertThat(levels()).containsExactly(Level.WARN, Level.ERROR, Level.ERROR, Level.ERROR, Level.ERROR,
				Level.ERROR, Level.ERROR, Level.ERROR);
		assertThat(lines().subList(1, 8)).extracting((line) -> line.replaceAll(".* for (\\w+),.*", "$1"))
			.containsExactly("30s", "5m", "10m", "20m", "40m", "1h20m", "2h40m");
		this.contact.succeeded();
		assertThat(lines().get(8)).startsWith("INFO ").contains("again after 3h and 108001 failed tries");
	}

	@Test
	void remindsOnceWhenTheProcessWasPausedForLong() {
		failFor(Duration.ofSeconds(1));
		this.now += Duration.ofHours(1).toNanos();
		failFor(Duration.ofSeconds(1));
		assertThat(levels()).containsExactly(Level.WARN, Level.ERROR);
	}

	@Test
	void everyOutageBeginsAnew() {
		failFor(Duration.ofMinutes(6));
		this.contact.succeeded();
		this.appender.list.clear();
		failFor(Duration.ofMinutes(1));
		this.contact.succeeded();
		assertThat(levels()).containsExactly(Level.WARN, Level.ERROR, Level.INFO);
		assertThat(lines().get(2)).contains("after 1m and ");
	}

	@Test
	void waitsLongerAfterEachFailureWithinABound() { // B40
		long first = this.contact.failed(new IllegalStateException("refused"));
		assertThat(first).isBetween(Duration.ofMillis(25).toNanos(), Duration.ofMillis(50).toNanos());
		for (int i = 0; i < 100; i++) {
			assertThat(this.contact.failed(new IllegalStateException("refused"))).isPositive()
				.isLessThanOrEqualTo(LONGEST_WAIT.toNanos());
		}
		this.contact.succeeded();
		assertThat(this.contact.failed(new IllegalStateException("refused")))
			.isLessThanOrEqualTo(Duration.ofMillis(50).toNanos());
	}

	@Test
	void knowsWhatWasSaidLastAndWhenItLastSucceeded() {
		assertThat(this.contact.sinceSuccess()).isNull();
		this.contact.succeeded();
		this.now += Duration.ofSeconds(3).toNanos();
		this.contact.failed(new IllegalStateException("around it", new IllegalArgumentException("at the bottom")));
		assertThat(this.contact.sinceSuccess()).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.contact.lastError()).isEqualTo("at the bottom");
		this.contact.succeeded();
		assertThat(this.contact.lastError()).isNull();
	}

	/** Fails now, and then every tenth of a second for so long. */
	private void failFor(Duration duration) {
		this.contact.failed(new IllegalStateException("refused"));
		for (long tries = duration.toMillis() / 100; tries > 0; tries--) {
			this.now += Duration.ofMillis(100).toNanos();
			this.contact.failed(new IllegalStateException("refused"));
		}
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.toList();
	}

	private List<Level> levels() {
		return this.appender.list.stream()
			.map(ILoggingEvent::getLevel)
			.filter((level) -> level.isGreaterOrEqual(Level.INFO))
			.toList();
	}

}

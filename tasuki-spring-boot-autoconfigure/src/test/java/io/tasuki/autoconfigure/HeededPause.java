package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tasuki.QueueOperations;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Pauses a queue and waits until the worker of this JVM heeds it. A pause may take a
 * second to hold, and until then jobs start that a test means to leave waiting.
 */
public final class HeededPause {

	private static final String HEEDS_SETTINGS = "io.tasuki.worker.QueueLimits";

	private HeededPause() {
	}

	public static void pause(QueueOperations queues, String queue) {
		await(queue, () -> queues.pause(queue));
	}

	/**
	 * Waits until a queue is paused that was not.
	 * @param queue one that a worker of this JVM takes jobs from
	 * @param pause what pauses it
	 */
	public static void await(String queue, Runnable pause) {
		Heard heard = new Heard("Queue '%s' is paused".formatted(queue));
		Logger logger = (Logger) LoggerFactory.getLogger(HEEDS_SETTINGS);
		heard.start();
		logger.addAppender(heard);
		try {
			pause.run();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> heard.said.getCount() == 0);
		}
		finally {
			logger.detachAppender(heard);
		}
	}

	private static final class Heard extends AppenderBase<ILoggingEvent> {

		private final String words;

		private final CountDownLatch said = new CountDownLatch(1);

		Heard(String words) {
			this.words = words;
		}

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getFormattedMessage().equals(this.words)) {
				this.said.countDown();
			}
		}

	}

}

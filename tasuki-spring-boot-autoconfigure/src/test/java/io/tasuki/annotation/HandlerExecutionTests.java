package io.tasuki.annotation;

import java.util.Map;

import io.tasuki.RateLimit;
import io.tasuki.worker.HandlerExecution;
import org.junit.jupiter.api.Test;

import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Attributes that say how jobs are let to run. */
class HandlerExecutionTests {

	@Test
	void readsRateLimitAndExecutor() { // B25, B31
		try (HandlerContext context = new HandlerContext(Handlers.class)) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("my.rate", "10/m", "my.executor", "mine")));
			context.refresh();
			assertThat(context.handler("plain").execution())
				.isEqualTo(new HandlerExecution(null, RateLimit.of("100/s"), null, "reports"));
			assertThat(context.handler("placeholder").execution())
				.isEqualTo(new HandlerExecution(null, RateLimit.of("10/m"), null, "mine"));
			assertThat(context.handler("unset").execution()).isEqualTo(HandlerExecution.DEFAULT);
		}
	}

	static class Handlers {

		@JobHandler(value = "plain", rateLimit = "100/s", executor = "reports")
		void plain() {
		}

		@JobHandler(value = "placeholder", rateLimit = "${my.rate}", executor = "${my.executor}")
		void placeholder() {
		}

		@JobHandler("unset")
		void unset() {
		}

	}

}

package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.tasuki.Backoff;
import io.tasuki.JobListener;
import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.store.WorkerStores;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.JobListeners;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TasukiWorkerAutoConfigurationTests {

	// As Spring Boot's WebServerApplicationContext has them.
	private static final int WEB_SERVER_GRACEFUL_SHUTDOWN = SmartLifecycle.DEFAULT_PHASE - 1024;

	private static final int WEB_SERVER_START_STOP = SmartLifecycle.DEFAULT_PHASE - 2048;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				LifecycleAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class);

	@Test
	void startsAndStopsWorkerWithTheApplication() {
		this.runner.run((context) -> {
			Worker worker = context.getBean(Worker.class);
			assertThat(worker.isRunning()).isTrue();
			context.getSourceApplicationContext().close();
			assertThat(worker.isRunning()).isFalse();
		});
	}

	@Test
	void startsAgainAfterStop() {
		this.runner.run((context) -> {
			context.getSourceApplicationContext().stop();
			assertThat(context.getBean(Worker.class).isRunning()).isFalse();
			context.getSourceApplicationContext().start();
			assertThat(context.getBean(Worker.class).isRunning()).isTrue();
		});
	}

	@Test
	void keepsTheJvmAliveWhileWorkerRuns() {
		this.runner.run((context) -> {
			Thread keepAlive = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("tasuki-keep-alive"))
				.findAny()
				.orElseThrow();
			assertThat(keepAlive.isDaemon()).isFalse();
			context.getSourceApplicationContext().close();
			keepAlive.join(10_000);
			assertThat(keepAlive.isAlive()).isFalse();
		});
	}

	@Test
	void runsBetweenStartOfWebServerAndItsGracefulShutdown() {
		assertThat(TasukiPhases.WORKER).isGreaterThan(WEB_SERVER_GRACEFUL_SHUTDOWN)
			.isLessThan(SmartLifecycle.DEFAULT_PHASE);
		assertThat(TasukiPhases.NOTIFICATIONS).isLessThan(WEB_SERVER_START_STOP);
		this.runner.run((context) -> assertThat(context.getBean(WorkerLifecycle.class).getPhase())
			.isEqualTo(TasukiPhases.WORKER));
	}

	@Test
	void runsNoWorkerWhenDisabled() {
		this.runner.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Worker.class)
				.doesNotHaveBean(Janitor.class)
				.doesNotHaveBean(WorkerLifecycle.class)
				.doesNotHaveBean("tasukiHandlerExecutor"));
	}

	@Test
	void tunesWorkerByProperties() {
		this.runner
			.withPropertyValues("tasuki.worker.concurrency=4", "tasuki.worker.lease-duration=10s",
					"tasuki.worker.poll-interval=2s", "tasuki.worker.shutdown-timeout=5s",
					"tasuki.worker.max-crashes=1", "tasuki.queues.mail.concurrency=2", "tasuki.retry.max-attempts=7",
					"tasuki.retry.initial-delay=10s", "tasuki.retry.multiplier=3", "tasuki.retry.max-delay=80s",
					"tasuki.retry.jitter=0", "tasuki.worker.handler-timeout=90s")
			.run((context) -> {
				WorkerSettings settings = context.getBean(WorkerSettings.class);
				assertThat(settings.concurrency()).isEqualTo(4);
				assertThat(settings.queueConcurrency()).isEqualTo(Map.of("mail", 2));
				assertThat(settings.leaseDuration()).isEqualTo(Duration.ofSeconds(10));
				assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(2));
				assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(5));
				assertThat(settings.maxCrashes()).isEqualTo(1);
				assertThat(settings.maxAttempts()).isEqualTo(7);
				assertThat(settings.handlerTimeout()).isEqualTo(Duration.ofSeconds(90));
				assertThat(List.of(1, 2, 3)).map(settings.backoff()::after)
					.containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(80));
			});
	}

	@ParameterizedTest
	@CsvSource({ "constant, 10, 10, 10", "linear, 10, 25, 40", "exponential, 10, 30, 90", "polynomial, 10, 80, 270" })
	void growsWaitsAsTheTypeSays(String type, long first, long second, long third) { // B39
		this.runner
			.withPropertyValues("tasuki.retry.type=" + type, "tasuki.retry.initial-delay=10s",
					"tasuki.retry.increment=15s", "tasuki.retry.multiplier=3", "tasuki.retry.exponent=3",
					"tasuki.retry.jitter=0")
			.run((context) -> assertThat(List.of(1, 2, 3)).map(context.getBean(WorkerSettings.class).backoff()::after)
				.map(Duration::toSeconds)
				.containsExactly(first, second, third));
	}

	@Test
	void hasBackoffsOfSingleQueuesWhichTakeFromTheCommonOneWhatTheyDoNotSay() { // B39
		this.runner
			.withPropertyValues("tasuki.retry.initial-delay=10s", "tasuki.retry.jitter=0",
					"tasuki.queues.mail.backoff.type=linear", "tasuki.queues.mail.backoff.max-delay=25s",
					"tasuki.queues.slow.concurrency=2")
			.run((context) -> {
				WorkerSettings settings = context.getBean(WorkerSettings.class);
				assertThat(settings.queueConcurrency()).isEqualTo(Map.of("mail", 16, "slow", 2));
				assertThat(settings.queueBackoff()).containsOnlyKeys("mail");
				assertThat(List.of(1, 2, 3)).map(settings.queueBackoff().get("mail")::after)
					.containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(25));
			});
	}

	@Test
	void tellsJobListenersOnlyWhereThereAreSome() { // B33
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(JobListeners.class));
		this.runner.withBean("listener", JobListener.class, () -> new JobListener() {
		}).run((context) -> assertThat(context).hasSingleBean(JobListeners.class));
	}

	@Test
	void limitsNoHandlersTimeByDefault() { // B29
		this.runner.run((context) -> assertThat(context.getBean(WorkerSettings.class).handlerTimeout()).isNull());
	}

	@Test
	void keepsJobsAsConfigured() {
		this.runner
			.withPropertyValues("tasuki.retention.archive=false", "tasuki.retention.archived=2d",
					"tasuki.retention.dead=30d")
			.run((context) -> assertThat(context.getBean(JanitorSettings.class)).isEqualTo(new JanitorSettings(false,
					Duration.ofDays(2), Duration.ofDays(30), JanitorSettings.DEFAULT_INTERVAL)));
	}

	@Test
	void usesBackoffBean() { // B39
		Backoff backoff = Backoff.constant(Duration.ofSeconds(1));
		this.runner.withBean(Backoff.class, () -> backoff)
			.run((context) -> assertThat(context.getBean(WorkerSettings.class).backoff()).isSameAs(backoff));
	}

	@Test
	void stepsBackForUsersSettings() {
		WorkerSettings settings = new WorkerSettings(1, Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(1),
				Duration.ZERO, 1, 1, Backoff.constant(Duration.ZERO), null);
		this.runner.withBean(WorkerSettings.class, () -> settings)
			.run((context) -> assertThat(context.getBean(WorkerSettings.class)).isSameAs(settings));
	}

	@Test
	void stepsBackForUsersWorker() {
		this.runner
			.withBean("usersWorker", Worker.class,
					() -> new Worker(
							new WorkerSettings(1, Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ZERO,
									1, 1, Backoff.constant(Duration.ZERO), null),
							new HandlerRegistry(), new StorageStubs.StubWorkerStores(),
							new StorageStubs.StubNotifications(), List.of(), Runnable::run))
			.run((context) -> assertThat(context.getBeansOfType(Worker.class)).containsOnlyKeys("usersWorker"));
	}

	@Test
	void stepsBackForUsersStoresAndJanitor() {
		JanitorSettings settings = new JanitorSettings(false, null, null, Duration.ofDays(1));
		this.runner.withBean("usersSettings", JanitorSettings.class, () -> settings)
			.withBean("usersJanitor", Janitor.class,
					() -> new Janitor(new StorageStubs.StubMaintenanceStore(), settings))
			.run((context) -> {
				assertThat(context.getBeansOfType(JanitorSettings.class)).containsOnlyKeys("usersSettings");
				assertThat(context.getBeansOfType(Janitor.class)).containsOnlyKeys("usersJanitor");
				assertThat(context.getBeansOfType(WorkerStores.class)).containsOnlyKeys("workerStores");
			});
	}

	@Test
	void runsHandlersOnPlatformThreadsOnDemand() {
		this.runner.run((context) -> {
			Executor executor = context.getBean("tasukiHandlerExecutor", Executor.class);
			assertThat(executor).isInstanceOfSatisfying(ThreadPoolExecutor.class,
					(pool) -> assertThat(pool.getPoolSize()).isZero());
			Thread thread = threadOf(executor);
			assertThat(thread.getName()).matches("tasuki-\\d+");
			assertThat(thread.isDaemon()).isTrue();
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void runsHandlersOnVirtualThreadsWhenEnabled() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			Thread thread = threadOf(context.getBean("tasukiHandlerExecutor", Executor.class));
			assertThat(thread.getName()).startsWith("tasuki-");
			assertThat(thread.getClass().getName()).contains("VirtualThread");
		});
	}

	@Test
	void stepsBackForUsersHandlerExecutor() {
		this.runner.withBean("tasukiHandlerExecutor", ThreadPoolTaskExecutor.class)
			.run((context) -> assertThat(context.getBean("tasukiHandlerExecutor"))
				.isInstanceOf(ThreadPoolTaskExecutor.class));
	}

	@Test
	void leavesTheApplicationsExecutorTheOnlyOne() {
		this.runner.run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context.getBeanProvider(Executor.class).getIfUnique())
				.isSameAs(context.getBean("applicationTaskExecutor"));
			assertThat(context.getBean(TaskExecutor.class)).isSameAs(context.getBean("applicationTaskExecutor"));
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void leavesTheApplicationsExecutorTheOnlyOneWhenThreadsAreVirtual() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBeanProvider(TaskExecutor.class).getIfUnique())
				.isSameAs(context.getBean("applicationTaskExecutor")));
	}

	@Test
	void warnsWhenShutdownTimeoutExceedsSprings(CapturedOutput output) {
		this.runner.withPropertyValues("tasuki.worker.shutdown-timeout=40s").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("tasuki.worker.shutdown-timeout (PT40S)")
				.contains("spring.lifecycle.timeout-per-shutdown-phase (PT30S)");
		});
	}

	@Test
	void warnsOfNoTimeoutByDefault(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output).doesNotContain("timeout-per-shutdown-phase"));
	}

	private static Thread threadOf(Executor executor) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		executor.execute(() -> thread.complete(Thread.currentThread()));
		return thread.get(10, TimeUnit.SECONDS);
	}

}

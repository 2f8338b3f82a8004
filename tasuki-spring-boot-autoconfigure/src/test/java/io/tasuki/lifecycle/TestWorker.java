package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.JobGate;
import io.tasuki.RateLimit;
import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerStores;
import io.tasuki.worker.ExecutionRules;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerListener;
import io.tasuki.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Puts a worker together. Unless said otherwise it has four slots, leases of three
 * seconds, a poll every half second and two seconds to shut down.
 */
final class TestWorker {

	private final LifecycleFixture fixture;

	private final Consumer<Worker> created;

	private final HandlerRegistry handlers = new HandlerRegistry();

	private final Map<String, Integer> queues = new HashMap<>();

	private final List<WorkerListener> listeners = new ArrayList<>();

	private final List<JobGate> gates = new ArrayList<>();

	private final Map<String, RateLimit> queueRates = new HashMap<>();

	private final Map<String, String> queueExecutors = new HashMap<>();

	private final Map<String, Executor> executors = new HashMap<>();

	private DataSource dataSource;

	private @Nullable DataSource completing;

	private Executor executor;

	private String name = "worker";

	private int concurrency = 4;

	private Duration lease = Duration.ofSeconds(3);

	private Duration poll = Duration.ofMillis(500);

	private Duration shutdown = Duration.ofSeconds(2);

	private int maxCrashes = 3;

	private int maxAttempts = 5;

	private Backoff backoff = Backoff.constant(Duration.ofMillis(50));

	private @Nullable Duration timeout;

	private UnaryOperator<LeaseStore> leases = UnaryOperator.identity();

	private boolean archive = true;

	TestWorker(LifecycleFixture fixture, Consumer<Worker> created) {
		this.fixture = fixture;
		this.created = created;
		this.dataSource = fixture.dataSource();
		this.executor = fixture.executor();
	}

	TestWorker named(String name) {
		this.name = name;
		return this;
	}

	TestWorker on(DataSource dataSource) {
		this.dataSource = dataSource;
		return this;
	}

	/** Records outcomes by another data source than it claims by. */
	TestWorker completingOn(DataSource dataSource) {
		this.completing = dataSource;
		return this;
	}

	TestWorker on(Executor executor) {
		this.executor = executor;
		return this;
	}

	TestWorker slots(int concurrency) {
		this.concurrency = concurrency;
		return this;
	}

	TestWorker queue(String queue, int concurrency) {
		this.queues.put(queue, concurrency);
		return this;
	}

	TestWorker lease(Duration lease) {
		this.lease = lease;
		return this;
	}

	TestWorker poll(Duration poll) {
		this.poll = poll;
		return this;
	}

	/** Finds nothing by polling after its first look. */
	TestWorker withoutPoll() {
		return poll(Duration.ofHours(1));
	}

	TestWorker shutdown(Duration shutdown) {
		this.shutdown = shutdown;
		return this;
	}

	TestWorker maxCrashes(int maxCrashes) {
		this.maxCrashes = maxCrashes;
		return this;
	}

	TestWorker maxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
		return this;
	}

	TestWorker backoff(Backoff backoff) {
		this.backoff = backoff;
		return this;
	}

	/** Limits the time of every attempt. */
	TestWorker timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/** Wraps what it claims and renews by. */
	TestWorker leases(UnaryOperator<LeaseStore> leases) {
		this.leases = leases;
		return this;
	}

	TestWorker archive(boolean archive) {
		this.archive = archive;
		return this;
	}

	TestWorker listener(WorkerListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/** Limits how many jobs of a queue start in a stretch of time. */
	TestWorker queueRate(String queue, String rateLimit) {
		this.queueRates.put(queue, RateLimit.of(rateLimit));
		return this;
	}

	/** Runs the jobs of a queue in an executor that has a name. */
	TestWorker queueExecutor(String queue, String executor) {
		this.queueExecutors.put(queue, executor);
		return this;
	}

	/** Gives an executor a name. */
	TestWorker executor(String name, Executor executor) {
		this.executors.put(name, executor);
		return this;
	}

	/** Adds a gate behind those before. */
	TestWorker gate(JobGate gate) {
		this.gates.add(gate);
		return this;
	}

	TestWorker handler(String kind, Handler handler) {
		return handler(kind, null, handler);
	}

	TestWorker handler(String kind, @Nullable Integer concurrency, Handler handler) {
		return handler(HandlerRegistration.of(kind, this.fixture.ledger().recording(this.name, handler))
			.withExecution(HandlerExecution.DEFAULT.withConcurrency(concurrency)));
	}

	/** Adds a handler as it is: the ledger does not hear of it. */
	TestWorker handler(HandlerRegistration registration) {
		this.handlers.register(registration);
		return this;
	}

	/** Makes the worker without starting it. */
	Worker create() {
		WorkerSettings settings = new WorkerSettings(this.concurrency, this.queues, this.lease, this.poll,
				this.shutdown, this.maxCrashes, this.maxAttempts, this.backoff, this.timeout);
		Worker worker = new Worker(settings, this.handlers, stores(), this.fixture.notifications(), this.listeners,
				this.executor, rules());
		this.created.accept(worker);
		return worker;
	}

	private ExecutionRules rules() {
		return new ExecutionRules(this.gates, this.queueRates, this.queueExecutors,
				(name) -> Objects.requireNonNull(this.executors.get(name), "no executor '%s'".formatted(name)));
	}

	private WorkerStores stores() {
		WorkerStores claiming = new PostgresWorkerStores(this.dataSource, this.archive, new WorkerName(this.name));
		WorkerStores completing = new PostgresWorkerStores(Objects.requireNonNullElse(this.completing, this.dataSource),
				this.archive);
		return new WorkerStores() {

			@Override
			public LeaseStore openLeaseStore() {
				return TestWorker.this.leases.apply(claiming.openLeaseStore());
			}

			@Override
			public CompletionStore openCompletionStore() {
				return completing.openCompletionStore();
			}

		};
	}

	Worker start() {
		Worker worker = create();
		worker.start();
		return worker;
	}

}

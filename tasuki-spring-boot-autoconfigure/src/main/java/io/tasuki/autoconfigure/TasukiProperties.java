package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tasuki.BackoffType;
import io.tasuki.Names;
import io.tasuki.RateLimit;
import io.tasuki.RetentionMode;
import io.tasuki.observation.CarriedMdc;
import io.tasuki.observation.TraceMode;
import io.tasuki.store.WorkerName;
import io.tasuki.worker.BackoffSettings;
import io.tasuki.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for tasuki.
 *
 * @param enabled Whether to configure tasuki: its client, its handlers and its worker.
 * @param worker the runtime in this application instance
 * @param queues Settings of single queues, by name. A queue that is named here is polled
 * even if no handler names it.
 * @param retry what follows a failed attempt
 * @param retention how long finished jobs stay
 * @param client enqueueing
 * @param jdbc the database
 * @param health what health warns of
 * @param observation traces
 */
@ConfigurationProperties("tasuki")
public record TasukiProperties(@DefaultValue("true") boolean enabled, @DefaultValue Worker worker,
		@DefaultValue Map<String, Queue> queues, @DefaultValue Retry retry, @DefaultValue Retention retention,
		@DefaultValue Client client, @DefaultValue Jdbc jdbc, @DefaultValue Health health,
		@DefaultValue Observation observation) implements InitializingBean {

	/**
	 * Checks the values, once they are bound, so that each can be named with where it
	 * comes from.
	 */
	@Override
	public void afterPropertiesSet() {
		this.worker.check();
		this.retry.check();
		this.queues.forEach((name, queue) -> queue.check(name, this.retry));
		this.retention.check();
		this.client.check();
		this.jdbc.check();
		this.health.check();
		this.observation.check();
	}

	Map<String, RetentionMode> queueRetention() {
		Map<String, RetentionMode> queueRetention = new LinkedHashMap<>();
		this.queues.forEach((name, queue) -> queueRetention.put(name, queue.retention()));
		return queueRetention;
	}

	/**
	 * Properties of the worker.
	 *
	 * @param enabled Whether this application instance runs jobs. An instance that does
	 * not can still enqueue them.
	 * @param concurrency Most jobs that run at once in this application instance.
	 * @param leaseDuration How long a job stays with a worker that gives no sign of life.
	 * Jobs of a process that died run elsewhere after about this time.
	 * @param pollInterval How often an idle worker looks for jobs that no wake-up
	 * announced.
	 * @param shutdownTimeout Time that running jobs get to finish when the application
	 * stops. Those that do not are interrupted and handed back within it.
	 * @param maxCrashes Number of times a job may be running when its process dies,
	 * before it is dead.
	 * @param handlerTimeout Longest time an attempt may take, unless its handler says
	 * otherwise. Then its thread is interrupted, and the attempt ends as failed. No limit
	 * if not set.
	 * @param listen Whether to hear of new jobs from other application instances at once,
	 * on a connection that listens. Needs a connection that no transaction-mode pooler
	 * shares out.
	 * @param checkPayloads What to do, before the worker starts, about waiting jobs whose
	 * payloads their handlers cannot read. Looks at the first hundred of each kind.
	 * @param name What people call the worker of this application instance, for instance
	 * where a dead job says which workers it took down. Host name and process id, if not
	 * set.
	 */
	public record Worker(@DefaultValue("true") boolean enabled, @DefaultValue("16") int concurrency,
			@DefaultValue("30s") Duration leaseDuration, @DefaultValue("1s") Duration pollInterval,
			@DefaultValue("20s") Duration shutdownTimeout, @DefaultValue("3") int maxCrashes,
			@Nullable Duration handlerTimeout, @DefaultValue("true") boolean listen,
			@DefaultValue("off") CheckPayloads checkPayloads, @Nullable String name) {

		private void check() {
			PropertyCheck.atLeast("tasuki.worker.concurrency", this.concurrency, 1);
			PropertyCheck.atLeast("tasuki.worker.lease-duration", this.leaseDuration, WorkerSettings.MIN_LEASE);
			PropertyCheck.atLeast("tasuki.worker.poll-interval", this.pollInterval, Duration.ofMillis(1));
			PropertyCheck.atLeast("tasuki.worker.shutdown-timeout", this.shutdownTimeout, Duration.ZERO);
			PropertyCheck.atLeast("tasuki.worker.max-crashes", this.maxCrashes, 1);
			if (this.handlerTimeout != null) {
				PropertyCheck.atLeast("tasuki.worker.handler-timeout", this.handlerTimeout, Duration.ofMillis(1));
			}
			if (this.name != null) {
				PropertyCheck.name("tasuki.worker.name", this.name, WorkerName::new);
			}
		}

	}

	/**
	 * Properties of one queue.
	 *
	 * @param concurrency Most jobs of the queue that run at once in this application
	 * instance, within the worker's own limit. Only the worker's limit, if not set.
	 * @param rateLimit Most jobs of the queue that start in a stretch of time in this
	 * application instance, such as 100/s or 10/m. No limit if not set.
	 * @param executor Name of the bean of type Executor that runs the handlers of the
	 * queue's jobs. The worker's own if not set.
	 * @param backoff Wait of the queue's jobs after a failed attempt, unless their
	 * handler says otherwise.
	 * @param retention What is kept of the queue's jobs once they have ended, unless
	 * their handler says otherwise, within what tasuki.retention keeps.
	 */
	public record Queue(@Nullable Integer concurrency, @Nullable String rateLimit, @Nullable String executor,
			@Nullable QueueBackoff backoff, @DefaultValue("all") RetentionMode retention) {

		private void check(String name, Retry retry) {
			PropertyCheck.name("tasuki.queues", name, Names::checkQueue);
			String prefix = "tasuki.queues.%s.".formatted(name);
			if (this.concurrency != null) {
				PropertyCheck.atLeast(prefix + "concurrency", this.concurrency, 1);
			}
			if (this.rateLimit != null) {
				PropertyCheck.name(prefix + "rate-limit", this.rateLimit, RateLimit::of);
			}
			if (this.backoff != null) {
				ConfiguredBackoffs.check(prefix + "backoff", this.backoff.settings(retry));
			}
		}

	}

	/**
	 * Properties of one queue's backoff. What is not set is as for all queues.
	 *
	 * @param type How the wait grows.
	 * @param initialDelay Wait after the first failed attempt.
	 * @param increment What a linear backoff adds with each further failed attempt.
	 * @param multiplier Factor by which an exponential backoff grows with each further
	 * failed attempt.
	 * @param exponent Power of the number of failed attempts with which a polynomial
	 * backoff grows.
	 * @param maxDelay Longest wait between two attempts, before jitter.
	 * @param jitter Part of the wait, between 0 and 1, by which it is made longer or
	 * shorter at random.
	 */
	public record QueueBackoff(@Nullable BackoffType type, @Nullable Duration initialDelay,
			@Nullable Duration increment, @Nullable Double multiplier, @Nullable Double exponent,
			@Nullable Duration maxDelay, @Nullable Double jitter) {

		BackoffSettings settings(Retry retry) {
			return new BackoffSettings(Objects.requireNonNullElse(this.type, retry.type),
					Objects.requireNonNullElse(this.initialDelay, retry.initialDelay),
					(this.increment != null) ? this.increment : retry.increment,
					Objects.requireNonNullElse(this.multiplier, retry.multiplier),
					Objects.requireNonNullElse(this.exponent, retry.exponent),
					Objects.requireNonNullElse(this.maxDelay, retry.maxDelay),
					Objects.requireNonNullElse(this.jitter, retry.jitter));
		}

	}

	/**
	 * Properties of retries.
	 *
	 * @param maxAttempts Attempts before a job is dead, unless its handler or its request
	 * says otherwise.
	 * @param type How the wait between two attempts grows, unless a queue or a handler
	 * says otherwise.
	 * @param initialDelay Wait after the first failed attempt.
	 * @param increment What a linear backoff adds with each further failed attempt. The
	 * initial delay, if not set.
	 * @param multiplier Factor by which an exponential backoff grows with each further
	 * failed attempt.
	 * @param exponent Power of the number of failed attempts with which a polynomial
	 * backoff grows.
	 * @param maxDelay Longest wait between two attempts, before jitter. Of no effect on a
	 * constant backoff.
	 * @param jitter Part of the wait, between 0 and 1, by which it is made longer or
	 * shorter at random, so that jobs that failed together do not return together.
	 */
	public record Retry(@DefaultValue("20") int maxAttempts, @DefaultValue("exponential") BackoffType type,
			@DefaultValue("5s") Duration initialDelay, @Nullable Duration increment,
			@DefaultValue("2") double multiplier, @DefaultValue("2") double exponent,
			@DefaultValue("1h") Duration maxDelay, @DefaultValue("0.2") double jitter) {

		private void check() {
			PropertyCheck.between("tasuki.retry.max-attempts", this.maxAttempts, 1, (int) Short.MAX_VALUE);
			ConfiguredBackoffs.check("tasuki.retry", settings());
		}

		BackoffSettings settings() {
			return new BackoffSettings(this.type, this.initialDelay, this.increment, this.multiplier, this.exponent,
					this.maxDelay, this.jitter);
		}

	}

	/**
	 * Properties of retention.
	 *
	 * @param archive Whether to keep succeeded and cancelled jobs in the archive. They
	 * are deleted when they finish, otherwise.
	 * @param archived How long jobs stay in the archive, rounded up to whole days.
	 * @param dead How long dead jobs stay. Kept until somebody deletes them, if not set.
	 */
	public record Retention(@DefaultValue("true") boolean archive, @DefaultValue("7d") Duration archived,
			@Nullable Duration dead) {

		private void check() {
			PropertyCheck.atLeast("tasuki.retention.archived", this.archived, Duration.ofDays(1));
			if (this.dead != null) {
				PropertyCheck.atLeast("tasuki.retention.dead", this.dead, Duration.ofMillis(1));
			}
		}

	}

	/**
	 * Properties of the client.
	 *
	 * @param maxPayloadSize Largest payload, as JSON, that is enqueued.
	 * @param allowUnrelatedTransaction Whether to enqueue at once, in a transaction of
	 * its own, when the current transaction does not cover the data source of the queue.
	 * It is refused, otherwise, because the job would not be undone with that
	 * transaction.
	 * @param requireTransaction Whether to refuse to enqueue outside a transaction that
	 * covers the data source of the queue.
	 */
	public record Client(@DefaultValue("4MB") DataSize maxPayloadSize,
			@DefaultValue("false") boolean allowUnrelatedTransaction,
			@DefaultValue("false") boolean requireTransaction) {

		private void check() {
			PropertyCheck.atLeast("tasuki.client.max-payload-size", this.maxPayloadSize, DataSize.ofBytes(1));
		}

	}

	/**
	 * Properties of the database.
	 *
	 * @param initializeSchema When to create or update the schema.
	 * @param connectTimeout Longest wait for a connection of the worker's own.
	 * @param socketTimeout Longest wait for an answer on a connection of the worker's
	 * own, before the connection is taken for broken.
	 */
	public record Jdbc(@DefaultValue("always") SchemaInitialization initializeSchema,
			@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration socketTimeout) {

		private void check() {
			PropertyCheck.atLeast("tasuki.jdbc.connect-timeout", this.connectTimeout, Duration.ofSeconds(1));
			PropertyCheck.atLeast("tasuki.jdbc.socket-timeout", this.socketTimeout, Duration.ofSeconds(1));
		}

	}

	/**
	 * Properties of health.
	 *
	 * @param dueAge Age from which on health warns of a queue whose oldest due job still
	 * waits.
	 * @param queueDueAge Such ages of single queues, by name. To name a queue here makes
	 * nobody look for jobs in it.
	 * @param snapshotAge Age from which on health warns of a session, a prepared
	 * transaction, a replication slot or a standby that holds a snapshot, and so keeps
	 * dead rows from being removed.
	 */
	public record Health(@DefaultValue("5m") Duration dueAge, @DefaultValue Map<String, Duration> queueDueAge,
			@DefaultValue("5m") Duration snapshotAge) {

		private void check() {
			PropertyCheck.atLeast("tasuki.health.due-age", this.dueAge, Duration.ofMillis(1));
			this.queueDueAge.forEach((queue, age) -> {
				PropertyCheck.name("tasuki.health.queue-due-age", queue, Names::checkQueue);
				PropertyCheck.atLeast("tasuki.health.queue-due-age." + queue, age, Duration.ofMillis(1));
			});
			PropertyCheck.atLeast("tasuki.health.snapshot-age", this.snapshotAge, Duration.ofMillis(1));
		}

	}

	/**
	 * Properties of traces.
	 *
	 * @param enabled Whether to observe enqueues and attempts. Where there is a tracer,
	 * if not set.
	 * @param trace How the trace of an attempt stands to that of whoever enqueued the
	 * job.
	 * @param mdcKeys Keys of those entries of the MDC that jobs carry from where they are
	 * enqueued to where they run.
	 */
	public record Observation(@Nullable Boolean enabled, @DefaultValue("continue") TraceMode trace,
			@DefaultValue List<String> mdcKeys) {

		private void check() {
			this.mdcKeys.forEach((key) -> PropertyCheck.name("tasuki.observation.mdc-keys", key, CarriedMdc::check));
		}

	}

	/** What to do about waiting jobs whose payloads cannot be read. */
	public enum CheckPayloads {

		/** Do not look. */
		OFF,

		/** Name them in the log. */
		WARN,

		/** Do not start the application. */
		FAIL

	}

	/** When to create or update the schema. */
	public enum SchemaInitialization {

		/** When the application starts, if the database does not have it yet. */
		ALWAYS,

		/** Never: the scripts are applied by other means, and only checked here. */
		NEVER

	}

}

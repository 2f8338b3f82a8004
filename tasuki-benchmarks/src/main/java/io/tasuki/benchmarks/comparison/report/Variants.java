package io.tasuki.benchmarks.comparison.report;

/**
 * The variants of the {@link Workloads}, as {@link Measurement}s and {@link Targets} call
 * them. A workload may have others beside; no target asks for those.
 */
public final class Variants {

	/** Drain by one worker JVM. */
	public static final String ONE_JVM = "1 JVM";

	/** Drain by two worker JVMs at once. */
	public static final String TWO_JVMS = "2 JVMs";

	/** One job in each transaction, by one thread. */
	public static final String ONE_THREAD = "1 thread";

	/** One job in each transaction, by eight threads; of enqueue and of steady. */
	public static final String EIGHT_THREADS = "8 threads";

	/** A thousand jobs in each transaction. */
	public static final String ENQUEUE_ALL_1000 = "enqueueAll(1000)";

	/** A row of the business and one job in each transaction. */
	public static final String BUSINESS_TRANSACTION = "business transaction";

	/** The same row alone, for comparison. */
	public static final String BUSINESS_TRANSACTION_WITHOUT_JOB = "business transaction without job";

	/** Latency at 50 jobs/s, enqueued in the worker JVM. The values are the p50. */
	public static final String SLOW_SAME_JVM = "50/s same JVM";

	/** Latency at 50 jobs/s, enqueued in another JVM. The values are the p50. */
	public static final String SLOW_OTHER_JVM = "50/s other JVM";

	/** Latency at 1000 jobs/s, enqueued in the worker JVM. The values are the p50. */
	public static final String FAST_SAME_JVM = "1000/s same JVM";

	/** Latency at 1000 jobs/s, enqueued in another JVM. The values are the p50. */
	public static final String FAST_OTHER_JVM = "1000/s other JVM";

	/** Steady, a hundred jobs in each transaction. */
	public static final String ENQUEUE_ALL_100 = "enqueueAll(100)";

	/** Flatness: nothing burdens the tables. */
	public static final String CLEAN = "clean";

	/** Flatness: a million jobs not due for long. */
	public static final String SCHEDULED = "1 M scheduled";

	/** Flatness: five million jobs in the archive. */
	public static final String ARCHIVED = "5 M archived";

	/** Flatness: a transaction stays open during 500 000 jobs of churn. */
	public static final String OPEN_SNAPSHOT = "open snapshot";

	/** Flatness: the jobs lie in 1000 queues. */
	public static final String THOUSAND_QUEUES = "1000 queues";

	/** Flatness: another instance runs 20 000 jobs. */
	public static final String RUNNING_ELSEWHERE = "20 000 running elsewhere";

	/** Flatness: 100 000 due jobs of a kind that nobody here handles. */
	public static final String UNKNOWN_KIND = "100 000 of an unknown kind";

	/** An idle instance of one queue. */
	public static final String ONE_QUEUE = "1 queue";

	/** An idle instance of ten queues. */
	public static final String TEN_QUEUES = "10 queues";

	/** An idle instance of 200 queues. */
	public static final String TWO_HUNDRED_QUEUES = "200 queues";

	/** Size: a million jobs drained by a JVM of that heap. The values are jobs/s. */
	public static final String MILLION_JOBS = "1 M jobs in 64 MiB";

	/** Size: payloads of 100 bytes. */
	public static final String PAYLOAD_100_B = "payload 100 B";

	/** Size: payloads of 2 KB. */
	public static final String PAYLOAD_2_KB = "payload 2 KB";

	/** Size: payloads of 50 KB. */
	public static final String PAYLOAD_50_KB = "payload 50 KB";

	/** Size: payloads of 1 MB. */
	public static final String PAYLOAD_1_MB = "payload 1 MB";

	private Variants() {
	}

}

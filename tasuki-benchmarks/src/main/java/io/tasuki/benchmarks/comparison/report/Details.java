package io.tasuki.benchmarks.comparison.report;

/**
 * Names of what is measured beside the value of a {@link Measurement}; a workload may
 * have others.
 */
public final class Details {

	/** Write-ahead log the server wrote. */
	public static final String WAL_PER_JOB = "WAL bytes/job";

	/** Transactions the server committed or rolled back. */
	public static final String TRANSACTIONS_PER_JOB = "transactions/job";

	/** Messages to the server that were waited for, per business transaction. */
	public static final String ROUND_TRIPS = "round trips";

	/** CPU of all processes of the server. */
	public static final String POSTGRES_CPU = "PostgreSQL CPU µs/job";

	/** CPU of all JVMs of the contestant. */
	public static final String JVM_CPU = "JVM CPU µs/job";

	/** Half of the jobs waited no longer. */
	public static final String P50 = "p50 ms";

	/** 99 of 100 jobs waited no longer. */
	public static final String P99 = "p99 ms";

	/** No job waited longer. */
	public static final String MAX = "max ms";

	/** CPU of an idle instance. */
	public static final String CPU = "CPU % of a core";

	/** What an idle instance allocates. */
	public static final String ALLOCATED = "allocated KB/s";

	/** Threads of an idle instance. */
	public static final String THREADS = "threads";

	/** Used after a collection, when the work was done. */
	public static final String HEAP = "heap MiB";

	private Details() {
	}

}

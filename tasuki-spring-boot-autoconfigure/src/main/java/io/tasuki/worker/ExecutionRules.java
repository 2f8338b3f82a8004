package io.tasuki.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.tasuki.JobGate;
import io.tasuki.Names;
import io.tasuki.RateLimit;

/**
 * How jobs are let to run in this process, beyond numbers of slots.
 *
 * @param gates are asked in this order before a job starts
 * @param queueRates most jobs of a queue that start in a stretch of time, by name of the
 * queue; these queues are polled even if no handler names them
 * @param queueExecutors names of the executors that run the jobs of a queue whose handler
 * names none, by name of the queue; these queues are polled even if no handler names them
 * @param executors finds an executor by its name, or throws. It must start each command
 * on a thread of its own, or refuse it; it must not drop any. What it keeps waiting for a
 * thread has a lease and a slot meanwhile
 */
public record ExecutionRules(List<JobGate> gates, Map<String, RateLimit> queueRates, Map<String, String> queueExecutors,
		Function<String, Executor> executors) {

	/** No rules: a job that has a slot runs. */
	public static final ExecutionRules NONE = new ExecutionRules(List.of(), Map.of(), Map.of(),
			ExecutionRules::noExecutor);

	public ExecutionRules {
		gates = List.copyOf(gates);
		queueRates = Map.copyOf(queueRates);
		queueExecutors = Map.copyOf(queueExecutors);
		queueRates.keySet().forEach(Names::checkQueue);
		queueExecutors.keySet().forEach(Names::checkQueue);
	}

	private static Executor noExecutor(String name) {
		throw new IllegalArgumentException("this worker knows no executors by name");
	}

}

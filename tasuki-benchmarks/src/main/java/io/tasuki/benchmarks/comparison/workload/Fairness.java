package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.tasuki.benchmarks.comparison.contestant.NamedQueues;
import io.tasuki.benchmarks.comparison.process.EnqueueInto;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.Trace;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Workloads;

/**
 * Two queues of very different depth and ten priorities, for handlers that take a while.
 * The deep queue is there when the worker starts, and its jobs wait from the first start
 * on. The jobs of the short one come all at once when a tenth of the others ran, and wait
 * from their commit on.
 */
public final class Fairness implements Workload {

	private static final int DEEP = 200_000;

	private static final int SHORT = 200;

	private static final String DEEP_QUEUE = "deep";

	private static final String SHORT_QUEUE = "short";

	private static final String HANDLER_TIME = "-Dcomparison.handler-time=1ms";

	private static final List<Integer> PRIORITIES = IntStream.range(0, NamedQueues.PRIORITIES).boxed().toList();

	@Override
	public String name() {
		return Workloads.FAIRNESS;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		return entrant == Entrant.TASUKI && scale.first();
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		return scale.time(Duration.ofSeconds(30), Duration.ofSeconds(7));
	}

	@Override
	public String leftOutWhenQuick() {
		return "nothing";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		int deep = bench.scale().jobs(DEEP);
		List<String> options = new ArrayList<>(JvmOptions.withQueues(List.of(DEEP_QUEUE, SHORT_QUEUE)));
		options.add(HANDLER_TIME);
		// The last digit of the first number is 0, as the priorities are dealt.
		int warmUp = deep / 40 * 10;
		try (Trial trial = bench.trial(entrant, warmUp + deep + SHORT, options)) {
			JobRows rows = new JobRows(trial.database());
			JobShape shape = JobShape.USUAL.withQueues(List.of(DEEP_QUEUE)).withPriorities(PRIORITIES);
			rows.due(0, warmUp, shape);
			trial.startWorking();
			trial.awaitDrained(warmUp);
			trial.stopWorking();
			rows.due(warmUp, deep, shape);
			trial.tidy();
			trial.startWorking();
			trial.awaitRuns(warmUp + deep / 10);
			trial.first().ask(new EnqueueInto(SHORT_QUEUE, warmUp + deep, SHORT));
			trial.awaitDrained(warmUp + deep + SHORT);
			return measure(entrant, trial.trace(warmUp, deep).checkOnce(),
					trial.trace(warmUp + deep, SHORT).checkOnce());
		}
	}

	private List<Measurement> measure(Entrant entrant, Trace deep, Trace brief) {
		long[] waits = deep.waitsSince(deep.firstStart());
		List<Measurement> measured = new ArrayList<>();
		measured.add(measurement(entrant, "short queue", brief.waits()));
		measured.add(measurement(entrant, "deep queue", waits));
		for (int priority : PRIORITIES) {
			measured.add(measurement(entrant, "deep queue, priority %d".formatted(priority),
					IntStream.range(0, waits.length)
						.filter((job) -> job % PRIORITIES.size() == priority)
						.mapToLong((job) -> waits[job])
						.toArray()));
		}
		return measured;
	}

	private Measurement measurement(Entrant entrant, String variant, long[] micros) {
		Waits waits = new Waits(micros);
		return new Measurement(name(), variant, entrant.label(), "ms p50", List.of(waits.percentile(50)),
				waits.details());
	}

}

package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.ProcessCommand;
import io.tasuki.benchmarks.comparison.process.ReadUsage;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;
import io.tasuki.benchmarks.comparison.workload.RowDrain.Drained;

/**
 * Drains of very many jobs by a JVM with a small heap, and of large jobs. The notes of
 * the comparison lie outside of the heap.
 */
public final class Size implements Workload {

	private static final List<Load> LOADS = List.of(
			new Load(Variants.MILLION_JOBS, JobShape.USUAL.payloadBytes(), 1_000_000, JvmOptions.withHeap("64m")),
			new Load(Variants.PAYLOAD_100_B, 100, 400_000), new Load(Variants.PAYLOAD_2_KB, 2 * 1_024, 120_000),
			new Load(Variants.PAYLOAD_50_KB, 50 * 1_024, 8_000), new Load(Variants.PAYLOAD_1_MB, 1_024 * 1_024, 400));

	@Override
	public String name() {
		return Workloads.SIZE;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		return entrant == Entrant.TASUKI && scale.first();
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		return scale.time(Duration.ofSeconds(30), Duration.ofSeconds(5)).multipliedBy(loads(scale).size());
	}

	@Override
	public String leftOutWhenQuick() {
		return "the sizes of payloads";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		for (Load load : loads(bench.scale())) {
			measured.add(drain(entrant, bench, load));
		}
		return measured;
	}

	private static List<Load> loads(Scale scale) {
		return (scale.quick()) ? LOADS.subList(0, 1) : LOADS;
	}

	private Measurement drain(Entrant entrant, Bench bench, Load load) throws InterruptedException {
		int jobs = bench.scale().jobs(load.jobs());
		int warmUp = jobs / 4;
		try (Trial trial = bench.trial(entrant, warmUp + jobs, load.options())) {
			RowDrain drain = new RowDrain(trial, JobShape.USUAL.withPayloadBytes(load.payloadBytes()));
			drain.warmUp(1, warmUp);
			double heapBefore = heapMebibytes(trial);
			Drained drained = drain.drain(jobs);
			Map<String, List<Double>> details = new LinkedHashMap<>();
			details.put(Details.HEAP, List.of(heapMebibytes(trial)));
			details.put("heap MiB before", List.of(heapBefore));
			details.putAll(drained.costsPerJob());
			return new Measurement(name(), load.variant(), entrant.label(), "jobs/s", drained.perSecond(), details);
		}
	}

	private static double heapMebibytes(Trial trial) throws InterruptedException {
		return trial.first().ask(new ReadUsage(true)).heapBytes() / 1_048_576.0;
	}

	/**
	 * What is drained.
	 *
	 * @param variant what the measurement is called
	 * @param payloadBytes about how large each payload is
	 * @param jobs how many
	 * @param options of the JVM
	 */
	private record Load(String variant, int payloadBytes, int jobs, List<String> options) {

		Load(String variant, int payloadBytes, int jobs) {
			this(variant, payloadBytes, jobs, ProcessCommand.JVM_OPTIONS);
		}

	}

}

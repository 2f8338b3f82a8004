package io.tasuki.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.worker.WorkerHealth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says what is wrong with the worker, its queues and its database, and what to do about
 * it. The status says whether the worker runs and reaches the database, which it knows
 * already; what the database has to tell is shown beside that and never decides.
 */
public class TasukiHealthIndicator extends AbstractHealthIndicator {

	/** Most problems that one check shows. */
	static final int MOST_OF_A_CHECK = 10;

	private final HealthSources sources;

	private final @Nullable DatabaseWatch database;

	private final List<Check> checks;

	/**
	 * Creates an indicator. Those of its sources that ask the database are asked on a
	 * thread of their own, at most every ten seconds.
	 * @param sources asked for what there is to know
	 * @param settings what to take for a problem
	 */
	public TasukiHealthIndicator(HealthSources sources, HealthSettings settings) {
		super("Asking the worker for its health failed");
		this.sources = sources;
		this.database = (sources.askTheDatabase())
				? new DatabaseWatch(() -> DatabaseLook.take(sources), DatabaseWatch.INTERVAL) : null;
		this.checks = List.of(new WorkerCheck(), new DatabaseCheck(), new ListenerCheck(settings.listens()),
				new ArchiveCheck(), new StuckSlotsCheck(),
				new LateQueuesCheck(settings.dueAge(), settings.queueDueAge()), new UnknownKindsCheck(),
				new SnapshotCheck(settings.snapshotAge()), new LookCheck());
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		// The look first: what the worker says is not to be older than it.
		DatabaseLook look = (this.database != null) ? this.database.latest() : null;
		Situation situation = Situation.of(this.sources, look);
		builder.status(status(situation));
		show(situation, builder);
		List<Map<String, Object>> problems = this.checks.stream()
			.flatMap((check) -> problems(check, situation).stream())
			.toList();
		if (!problems.isEmpty()) {
			builder.withDetail("problems", problems);
		}
	}

	private static void show(Situation situation, Health.Builder builder) {
		WorkerHealth worker = situation.worker();
		builder.withDetail("running", worker.running())
			.withDetail("draining", situation.draining())
			.withDetail("databaseReachable", worker.databaseReachable())
			.withDetail("listening", worker.listening())
			.withDetail("archiving", worker.archiving())
			.withDetail("stuckSlots", worker.stuckSlots());
		if (worker.sinceLastContact() != null) {
			builder.withDetail("sinceLastContact", worker.sinceLastContact().toString());
		}
		if (worker.lastError() != null) {
			builder.withDetail("lastError", worker.lastError());
		}
		DatabaseLook look = situation.database();
		if (look != null && look.report() != null) {
			builder.withDetail("database", DatabaseDetails.of(look.report()));
		}
	}

	private static List<Map<String, Object>> problems(Check check, Situation situation) {
		List<Problem> found = check.problems(situation);
		List<Map<String, Object>> shown = new ArrayList<>();
		found.stream().limit(MOST_OF_A_CHECK).forEach((problem) -> shown.add(details(check, problem)));
		int more = found.size() - MOST_OF_A_CHECK;
		if (more > 0) {
			shown.add(details(check, new Problem("%d more like these".formatted(more), "As above")));
		}
		return shown;
	}

	private static Map<String, Object> details(Check check, Problem problem) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("check", check.name());
		details.put("problem", problem.text());
		details.put("whatToDo", problem.remedy());
		return details;
	}

	// Everything else is shown but takes no instance out: jobs still run.
	private static Status status(Situation situation) {
		WorkerHealth worker = situation.worker();
		if (!worker.running() || situation.draining()) {
			return Status.OUT_OF_SERVICE;
		}
		if (worker.databaseReachable()) {
			return Status.UP;
		}
		boolean starting = worker.sinceLastContact() == null && worker.lastError() == null;
		return starting ? Status.UNKNOWN : Status.DOWN;
	}

}

package io.tasuki.histories;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.histories.Claim.Line;
import io.tasuki.histories.Ending.Way;
import io.tasuki.histories.Enqueue.Wish;
import io.tasuki.histories.LeaseName.Forgery;

/**
 * Draws the steps of a history. Names are few and hours are short, so that what happens
 * to one job often meets what happens to another; most steps are about jobs and leases
 * that the model knows.
 */
final class Generator {

	private static final List<String> QUEUES = List.of("a", "b");

	private static final List<String> KINDS = List.of("x", "y", "z");

	private static final List<String> KEYS = List.of("k", "l");

	private static final List<Integer> PRIORITIES = List.of(0, 5, 5, 5, 6, 9);

	private static final int LEAST_STEPS = 10;

	private static final int MOST_STEPS = 30;

	private final Dice dice;

	private final int length;

	private int steps;

	private int jobs;

	private boolean leasesRanOut;

	Generator(long seed) {
		this.dice = new Dice(seed);
		this.length = this.dice.from(LEAST_STEPS, MOST_STEPS);
	}

	boolean atEnd() {
		return this.steps == this.length;
	}

	Step next(Model model) {
		this.steps++;
		if (model.jobs().isEmpty()) {
			return enqueue();
		}
		if (this.leasesRanOut && this.dice.chance(60)) {
			this.leasesRanOut = false;
			return takeOver();
		}
		int choice = this.dice.from(1, 100);
		if (choice <= 79) {
			Step step = workersStep(choice, model);
			return (this.dice.chance(8)) ? new WhileLocked(jobs(model, 3), step) : step;
		}
		if (choice <= 87) {
			this.leasesRanOut = true;
			return new LetLeasesRunOut(leasedJobs(model));
		}
		if (choice <= 92) {
			this.leasesRanOut = true;
			return new PassHours(this.dice.from(1, 3));
		}
		if (choice <= 94) {
			return new LoseConnection(owner());
		}
		if (choice <= 96) {
			List<ModelJob> leased = model.jobs().stream().filter((job) -> job.lease() != null).toList();
			List<ModelJob> jobs = (leased.isEmpty() || this.dice.chance(50)) ? model.jobs() : leased;
			return new Cancel(this.dice.oneOf(jobs).number, this.dice.chance(75), this.dice.chance(75));
		}
		if (choice <= 98 && !model.granted().isEmpty()) {
			return new CompleteInTransaction(ending(lease(model), model), this.dice.chance(75), this.dice.chance(70));
		}
		return (choice <= 99) ? new LookAtQueues(owner(), Set.copyOf(this.dice.someOf(QUEUES, 2)))
				: new Find(this.dice.oneOf(model.jobs()).number);
	}

	private Step workersStep(int choice, Model model) {
		if (choice <= 13) {
			return enqueue();
		}
		if (choice <= 45 || model.granted().isEmpty()) {
			return (this.dice.chance(20)) ? claimAnnounced(model) : claim(model);
		}
		if (choice <= 63) {
			return complete(model);
		}
		if (choice <= 70) {
			return new Renew(owner(), leases(model, 4), this.dice.from(1, 4));
		}
		if (choice <= 71) {
			return new NameCrashedWorkers(owner(), lease(model));
		}
		return (choice <= 76) ? new ChargeCrash(owner(), lease(model)) : new ReportProgress(owner(), leases(model, 3),
				this.dice.from(0, 90), (this.dice.chance(50)) ? "step " + this.steps : null);
	}

	private Step enqueue() {
		List<Wish> wishes = new ArrayList<>();
		boolean alike = this.dice.chance(30);
		Wish first = wish();
		wishes.add(first);
		for (int more = (this.dice.chance(50)) ? 0 : this.dice.from(1, 5); more > 0; more--) {
			Wish wish = wish();
			wishes.add((alike) ? wish.inPlaceOf(first) : wish);
		}
		return new Enqueue(List.copyOf(wishes), !this.dice.chance(8));
	}

	private Wish wish() {
		boolean now = this.dice.chance(60);
		boolean asMoment = this.dice.chance(40);
		return new Wish(++this.jobs, this.dice.oneOf(QUEUES), this.dice.oneOf(KINDS), this.dice.oneOf(PRIORITIES),
				(now) ? 0 : this.dice.from((asMoment) ? -1 : 1, 2), asMoment,
				(this.dice.chance(30)) ? this.dice.from(1, 5) : null,
				(this.dice.chance(25)) ? this.dice.oneOf(KEYS) : null);
	}

	private Step claim(Model model) {
		List<Line> lines = new ArrayList<>();
		for (String queue : this.dice.someOf(QUEUES, 2)) {
			List<String> kinds = (this.dice.chance(60)) ? KINDS : this.dice.someOf(KINDS, 2);
			int split = (this.dice.chance(30)) ? this.dice.from(0, kinds.size() - 1) : 0;
			if (split > 0) {
				lines.add(line(queue, kinds.subList(0, split), model));
			}
			lines.add(line(queue, kinds.subList(split, kinds.size()), model));
		}
		return new Claim(owner(), List.copyOf(lines), this.dice.from(1, 6), this.dice.chance(70), this.dice.chance(12),
				fault(8));
	}

	/** A claim of what a wake-up told. */
	private Step claimAnnounced(Model model) {
		Line line = line(this.dice.oneOf(QUEUES), KINDS, model).only(this.dice.oneOf(PRIORITIES));
		return new Claim(owner(), List.of(line), this.dice.from(1, 6), false, this.dice.chance(12), fault(8));
	}

	/** A claim that takes what it can get. */
	private Step takeOver() {
		List<Line> lines = QUEUES.stream().map((queue) -> new Line(queue, KINDS, 5, Map.of())).toList();
		return new Claim(owner(), lines, 8, true, false, Fault.NONE);
	}

	private Line line(String queue, List<String> kinds, Model model) {
		Map<Integer, Integer> cursors = new LinkedHashMap<>();
		List<ModelJob> passed = model.jobs().stream().filter((job) -> job.asked.queue().equals(queue)).toList();
		if (!passed.isEmpty() && this.dice.chance(25)) {
			this.dice.someOf(passed, 2).forEach((job) -> cursors.put(job.asked.priority(), job.number));
		}
		return new Line(queue, List.copyOf(kinds), this.dice.from(1, 4), Map.copyOf(cursors));
	}

	private Step complete(Model model) {
		List<Ending> endings = new ArrayList<>();
		leases(model, 5).forEach((lease) -> endings.add(ending(lease, model)));
		return new Complete(List.copyOf(endings), this.dice.chance(75), fault(12));
	}

	private Ending ending(LeaseName lease, Model model) {
		Way way = this.dice.oneOf(List.of(Way.values()));
		int crashes = model.job(lease.job()).map(ModelJob::crashes).orElse(0);
		return new Ending(lease, way, this.dice.from((way == Way.RETRY_AT) ? -1 : 0, 2),
				(this.dice.chance(70)) ? crashes : this.dice.from(0, crashes),
				way != Way.SUCCEEDED && this.dice.chance(40), this.dice.chance(30));
	}

	private Fault fault(int percentOther) {
		return (this.dice.chance(percentOther))
				? this.dice.oneOf(List.of(Fault.REFUSED, Fault.UNHEARD, Fault.ANSWER_LOST)) : Fault.NONE;
	}

	private int owner() {
		return this.dice.from(0, TestedQueue.OWNERS - 1);
	}

	private List<Integer> jobs(Model model, int most) {
		return this.dice.someOf(model.jobs().stream().map((job) -> job.number).toList(), most);
	}

	private List<Integer> leasedJobs(Model model) {
		return this.dice
			.someOf(model.jobs().stream().filter((job) -> job.lease() != null).map((job) -> job.number).toList(), 4);
	}

	private List<LeaseName> leases(Model model, int most) {
		List<LeaseName> leases = new ArrayList<>();
		for (int count = this.dice.from(1, most); count > 0; count--) {
			leases.add(lease(model));
		}
		return List.copyOf(leases);
	}

	/** A lease that is held, mostly; else any that was, or one made up. */
	private LeaseName lease(Model model) {
		List<LeaseName> held = held(model.granted(), model);
		List<LeaseName> likely = (held.isEmpty()) ? model.granted() : held;
		int choice = this.dice.from(1, 100);
		if (choice <= 65) {
			List<LeaseName> suspects = likely.stream().filter((name) -> suspect(name, model)).toList();
			return this.dice.oneOf((choice <= 25 && !suspects.isEmpty()) ? suspects : likely);
		}
		if (choice <= 82) {
			return this.dice.oneOf(model.granted());
		}
		LeaseName name = this.dice.oneOf(likely);
		return new LeaseName(name.job(), name.leaseNo(), this.dice.oneOf(List.of(Forgery.values())));
	}

	private static List<LeaseName> held(List<LeaseName> names, Model model) {
		return names.stream().filter((name) -> model.lease(name).flatMap(model::held).isPresent()).toList();
	}

	private static boolean suspect(LeaseName name, Model model) {
		return model.job(name.job()).filter((job) -> job.crashes() > 0).isPresent();
	}

}

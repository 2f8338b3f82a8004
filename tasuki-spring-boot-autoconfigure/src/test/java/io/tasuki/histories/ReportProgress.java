package io.tasuki.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/** Writes what handlers say of running jobs: progress, a line, and perhaps metadata. */
record ReportProgress(int owner, List<LeaseName> leases, int percent, @Nullable String note) implements Step {

	@Override
	public void play(Scene scene) {
		Model model = scene.model();
		List<Report> reports = new ArrayList<>();
		for (Lease lease : model.leases(this.leases)) {
			// Each lease its own number, so that none can get another's.
			int progress = this.percent + reports.size();
			Report report = report(lease, progress);
			reports.add(report);
			model.held(lease).filter((job) -> !model.locked(job)).ifPresent((job) -> job.report(report));
		}
		scene.queue().owner(this.owner).store().writeReports(reports);
	}

	/** The same again, for the same lease, is the same line. */
	private Report report(Lease lease, int progress) {
		Report.Line line = new Report.Line(lease.leaseNo(), progress, System.nanoTime(), "at " + progress);
		return new Report(lease, new Report.Progress(progress, this.note), List.of(line),
				(this.note != null) ? Map.of("came to", this.note) : null);
	}

}

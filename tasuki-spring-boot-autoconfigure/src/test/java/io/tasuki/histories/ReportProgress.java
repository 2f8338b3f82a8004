package io.tasuki.histories;

import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.Lease;
import io.tasuki.store.ProgressReport;
import org.jspecify.annotations.Nullable;

/** Writes the progress of running jobs. */
record ReportProgress(int owner, List<LeaseName> leases, int percent, @Nullable String note) implements Step {

	@Override
	public void play(Scene scene) {
		Model model = scene.model();
		List<ProgressReport> reports = new ArrayList<>();
		for (Lease lease : model.leases(this.leases)) {
			// Each lease its own number, so that none can get another's.
			int progress = this.percent + reports.size();
			reports.add(new ProgressReport(lease, progress, this.note));
			model.held(lease).filter((job) -> !model.locked(job)).ifPresent((job) -> job.report(progress, this.note));
		}
		scene.queue().owner(this.owner).store().writeProgress(reports);
	}

}

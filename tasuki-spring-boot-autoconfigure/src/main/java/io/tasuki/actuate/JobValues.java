package io.tasuki.actuate;

import java.util.Map;
import java.util.TreeMap;

import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobSummary;
import io.tasuki.actuate.JobValue.Part;
import org.jspecify.annotations.Nullable;

/**
 * Asks the masker about the values of one job.
 *
 * @param masker decides
 */
record JobValues(JobMasker masker, JobId id, String kind, String queue) {

	static JobValues of(Job job, JobMasker masker) {
		return new JobValues(masker, job.id(), job.kind(), job.queue());
	}

	static JobValues of(JobSummary job, JobMasker masker) {
		return new JobValues(masker, job.id(), job.kind(), job.queue());
	}

	String show(Part part, String value) {
		return this.masker.mask(new JobValue(part, this.id, this.kind, this.queue, null, value));
	}

	@Nullable String showIfAny(Part part, @Nullable String value) {
		return (value != null) ? show(part, value) : null;
	}

	Map<String, String> showMetadata(Map<String, String> metadata) {
		Map<String, String> shown = new TreeMap<>();
		metadata.forEach((name, value) -> shown.put(name,
				this.masker.mask(new JobValue(Part.METADATA, this.id, this.kind, this.queue, name, value))));
		return shown;
	}

}

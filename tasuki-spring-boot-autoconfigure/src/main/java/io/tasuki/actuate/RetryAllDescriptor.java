package io.tasuki.actuate;

import java.util.List;
import java.util.stream.Stream;

import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPage;
import io.tasuki.JobSummary;
import io.tasuki.Retrial;
import io.tasuki.Retrial.Effect;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of the wish to retry one page of dead jobs, or what would become of it.
 *
 * @param dryRun whether nothing was to be changed
 * @param message how many jobs of which filter it was, in words
 * @param retried the jobs that were retried, or would be if their unique keys are free
 * @param keyTaken those that stay dead because a live job has their unique key; always
 * empty in a dry run
 * @param next what to give as {@code after} for the next page; {@code null} on the last
 */
public record RetryAllDescriptor(boolean dryRun, String message, List<Long> retried, List<KeyTaken> keyTaken,
		@Nullable String next) implements OperationResponseBody {

	static RetryAllDescriptor of(JobPage<Retrial> page, JobFilter filter) {
		List<Long> retried = page.items()
			.stream()
			.filter((retrial) -> retrial.effect() == Effect.RETRIED)
			.map((retrial) -> retrial.id().value())
			.toList();
		List<KeyTaken> keyTaken = page.items().stream().flatMap(KeyTaken::of).toList();
		String message = "Retried %d jobs with %s.".formatted(retried.size(), FilterWords.of(filter))
				+ ((keyTaken.isEmpty()) ? ""
						: " %d others stay dead: live jobs have their unique keys.".formatted(keyTaken.size()))
				+ more(page);
		return new RetryAllDescriptor(false, message, retried, keyTaken, page.next());
	}

	static RetryAllDescriptor dryRun(JobPage<JobSummary> page, JobFilter filter) {
		List<Long> ids = page.items().stream().map(JobSummary::id).map(JobId::value).toList();
		String message = "Would retry %d jobs with %s.%s Nothing was changed: say dryRun=false to have it done."
			.formatted(ids.size(), FilterWords.of(filter), more(page));
		return new RetryAllDescriptor(true, message, ids, List.of(), page.next());
	}

	private static String more(JobPage<?> page) {
		return (page.hasNext()) ? " There may be more, behind this page." : "";
	}

	/**
	 * A dead job whose unique key is taken.
	 *
	 * @param id the job
	 * @param keyHolder the live job that has its key
	 */
	public record KeyTaken(long id, long keyHolder) {

		private static Stream<KeyTaken> of(Retrial retrial) {
			return Stream.ofNullable(retrial.keyHolder())
				.map((holder) -> new KeyTaken(retrial.id().value(), holder.value()));
		}

	}

}

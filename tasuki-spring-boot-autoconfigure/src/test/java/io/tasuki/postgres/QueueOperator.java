package io.tasuki.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;
import io.tasuki.client.DefaultJobOperations;
import io.tasuki.store.WakeUp;

/** Operations on a data source, whose words to workers are remembered. */
final class QueueOperator {

	final JobOperations operations;

	private final RecordingNotifications notifications = new RecordingNotifications();

	QueueOperator(DataSource dataSource) {
		this(new PostgresJobStore(dataSource, false));
	}

	QueueOperator(PostgresJobStore store) {
		this.operations = new DefaultJobOperations(store.operations(), store.afterCommit(this.notifications),
				this.notifications);
	}

	/** Returns the wake-ups that were sent. */
	List<WakeUp> sent() {
		return this.notifications.sent.stream().flatMap(List::stream).toList();
	}

	/** Returns the jobs whose workers were told that somebody cancelled them. */
	List<JobId> cancelRequests() {
		return this.notifications.cancelRequests;
	}

	/** Lists everything, page by page. */
	List<Long> ids(JobFilter filter, int size) {
		return all(size, (page) -> this.operations.list(filter, page)).stream()
			.map(JobSummary::id)
			.map(JobId::value)
			.toList();
	}

	/** Calls something for page after page, as long as there is one. */
	static <T> List<T> all(int size, Function<JobPageRequest, JobPage<T>> call) {
		List<T> all = new ArrayList<>();
		JobPageRequest request = JobPageRequest.ofSize(size);
		JobPage<T> page = call.apply(request);
		all.addAll(page.items());
		while (page.hasNext()) {
			page = call.apply(request.after(page.next()));
			all.addAll(page.items());
		}
		return all;
	}

}

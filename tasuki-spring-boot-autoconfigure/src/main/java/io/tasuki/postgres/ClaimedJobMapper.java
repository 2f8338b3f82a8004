package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.store.ClaimedJob;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * Reads the rows of one claim. Most jobs of a claim are of the same kind and queue: these
 * share one text each, whose hash is counted once. Most are due when they are created,
 * and then only one of the two moments comes.
 */
final class ClaimedJobMapper implements RowMapper<ClaimedJob> {

	private @Nullable String kind;

	private @Nullable String queue;

	@Override
	public ClaimedJob mapRow(ResultSet row, int number) throws SQLException {
		this.kind = shared(row.getString(4), this.kind);
		this.queue = shared(row.getString(5), this.queue);
		Instant runAt = Timestamps.instant(row, 10);
		Job job = new Job(new JobId(row.getLong(1)), this.kind, this.queue, row.getString(6), row.getInt(7),
				row.getInt(8), row.getObject(9, Integer.class), runAt, Timestamps.instant(row, 11, runAt),
				row.getString(14), Metadata.read(row, 15));
		return new ClaimedJob(job, Leases.read(row, number), row.getInt(12), row.getBoolean(13));
	}

	private static String shared(String read, @Nullable String before) {
		return (before != null && read.equals(before)) ? before : read;
	}

}

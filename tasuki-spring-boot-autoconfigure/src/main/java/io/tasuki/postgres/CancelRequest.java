package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/**
 * A job as the request to cancel it found it.
 *
 * @param id identity of the job
 * @param queue where the job waits, or waited
 * @param leased whether a worker holds it, or did so when it died
 * @param archivable whether the archive has room for it and the role may put it there
 * @param payload the job's input as JSON
 */
record CancelRequest(JobId id, String queue, boolean leased, boolean archivable, @Nullable String payload) {

	static List<CancelRequest> read(PreparedStatement statement) throws SQLException {
		List<CancelRequest> requests = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				requests.add(new CancelRequest(new JobId(rows.getLong("id")), rows.getString("queue"),
						rows.getBoolean("leased"), rows.getBoolean("archivable"), rows.getString("payload_text")));
			}
		}
		return requests;
	}

}

package io.tasuki.benchmarks.comparison.contestant.bare;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.tasuki.JobRequest;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.benchmarks.comparison.contestant.tasuki.NoOp;
import io.tasuki.postgres.BareStatements;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.Lease;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;

/** Claims the jobs of one priority in one queue, behind a cursor. */
final class BareClaimer implements AutoCloseable {

	private static final int AT_ONCE = 500;

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final PreparedStatement statement;

	private final long owner = new SecureRandom().nextLong();

	private Position cursor = Position.START;

	BareClaimer(Connection connection) throws SQLException {
		this.statement = connection.prepareStatement(BareStatements.CLAIM);
	}

	List<Lease> claim(Ledger ledger) throws SQLException {
		BareStatements.bindClaim(this.statement, request(), this.owner);
		List<Lease> leases = new ArrayList<>(AT_ONCE);
		try (ResultSet rows = this.statement.executeQuery()) {
			while (rows.next()) {
				Lease lease = BareStatements.lease(rows);
				leases.add(lease);
				advance(BareStatements.position(rows, lease));
				ledger.ran(BarePayload.readNumber(BareStatements.payload(rows)));
			}
		}
		return leases;
	}

	private ClaimRequest request() {
		List<Position> cursors = new ArrayList<>(Collections.nCopies(LineClaim.PRIORITIES, Position.START));
		cursors.set(JobRequest.DEFAULT_PRIORITY, this.cursor);
		LineClaim line = new LineClaim(JobRequest.DEFAULT_QUEUE, List.of(NoOp.KIND), AT_ONCE, cursors);
		return new ClaimRequest(List.of(line), AT_ONCE, LEASE, true);
	}

	private void advance(Position position) {
		if (this.cursor.compareTo(position) < 0) {
			this.cursor = position;
		}
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

}

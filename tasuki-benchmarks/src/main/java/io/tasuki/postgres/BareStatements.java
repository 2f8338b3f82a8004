package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.Lease;
import io.tasuki.store.Position;

/**
 * The statements of a worker, and connections shaped as a worker's, for a comparison
 * without the worker.
 */
public final class BareStatements {

	/** Takes due jobs. */
	public static final String CLAIM = ClaimJobs.SQL;

	/** Deletes succeeded jobs. */
	public static final String DELETE = DeleteCompletedJobs.SQL;

	/** Moves succeeded jobs to the archive. */
	public static final String ARCHIVE = ArchiveSucceededJobs.SQL;

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);

	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

	private static final int PAYLOAD = 6;

	private static final int RUN_AT = 10;

	private BareStatements() {
	}

	/**
	 * Opens a connection with the settings of a worker's.
	 * @param name how the server lists it
	 */
	public static Connection open(DataSource dataSource, String name) throws SQLException {
		return new EngineConnection(dataSource, name, STATEMENT_TIMEOUT, LOCK_TIMEOUT).getConnection();
	}

	/**
	 * Binds the parameters of {@link #CLAIM}.
	 */
	public static void bindClaim(PreparedStatement statement, ClaimRequest request, long owner) throws SQLException {
		ClaimJobs.bind(statement, request, owner);
	}

	/**
	 * Reads the lease from a row of {@link #CLAIM}.
	 */
	public static Lease lease(ResultSet row) throws SQLException {
		return Leases.read(row, 0);
	}

	/**
	 * Reads the place in the run order from a row of {@link #CLAIM}.
	 */
	public static Position position(ResultSet row, Lease lease) throws SQLException {
		JobId id = lease.id();
		return new Position(Timestamps.instant(row, RUN_AT), id.value());
	}

	/**
	 * Reads the payload from a row of {@link #CLAIM}.
	 */
	public static String payload(ResultSet row) throws SQLException {
		return row.getString(PAYLOAD);
	}

	/**
	 * Binds the parameters of {@link #DELETE} or {@link #ARCHIVE}.
	 */
	public static void bindLeases(PreparedStatement statement, Collection<Lease> leases) throws SQLException {
		Leases.bind(statement, 1, leases);
	}

	/**
	 * Binds to {@link #ARCHIVE}, for all its runs, that no job came to anything.
	 */
	public static void bindNoResults(PreparedStatement statement) throws SQLException {
		statement.setString(4, null);
	}

}

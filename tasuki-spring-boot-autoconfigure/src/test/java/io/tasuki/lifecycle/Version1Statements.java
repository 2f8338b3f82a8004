package io.tasuki.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.postgresql.PGStatement;

import org.springframework.core.io.ClassPathResource;

/**
 * The statements of version 1, as they stood in its classes, on one connection. Each is
 * prepared once and planned by the server at once, so that it lives through a change of
 * its tables as it would in an instance that has run for days.
 */
final class Version1Statements implements AutoCloseable {

	private static final String FOLDER = "io/tasuki/postgres/version1/";

	private static final String LEASE_ONLY = "";

	private final Connection connection;

	private final Map<String, PreparedStatement> prepared = new HashMap<>();

	Version1Statements(Connection connection) throws SQLException {
		this.connection = connection;
		try (PreparedStatement settings = connection.prepareStatement("""
				select set_config(name, value, false)
				  from (values ('lock_timeout', '10s'), ('statement_timeout', '15s'),
				               ('plan_cache_mode', 'force_generic_plan'), ('enable_seqscan', 'off'),
				               ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'))
				         as setting (name, value)
				""")) {
			settings.execute();
		}
	}

	List<Claimed> claim(String kind, int limit, long owner, long leaseMicros) throws SQLException {
		PreparedStatement statement = statement("ClaimJobs");
		statement.setLong(1, owner);
		statement.setLong(2, leaseMicros);
		statement.setObject(3, new String[] { "default" });
		statement.setObject(4, new String[] { kind });
		statement.setObject(5, new int[] { limit });
		statement.setBoolean(6, true);
		statement.setLong(7, leaseMicros);
		statement.setArray(8, this.connection.createArrayOf("timestamptz",
				Collections.nCopies(10, "-infinity").toArray(String[]::new)));
		statement.setObject(9, new long[10]);
		statement.setLong(10, owner);
		statement.setInt(11, limit);
		List<Claimed> claimed = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				claimed.add(new Claimed(rows.getLong("id"), rows.getInt("lease_no"), rows.getLong("lock_owner"),
						rows.getInt("attempt"), rows.getInt("crashes")));
			}
		}
		return claimed;
	}

	Set<Claimed> renew(List<Claimed> jobs, long leaseMicros) throws SQLException {
		PreparedStatement statement = statement("RenewLeases");
		statement.setLong(1, leaseMicros);
		bind(statement, 2, jobs);
		return answered(statement, jobs);
	}

	Set<Claimed> held(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("FindHeldLeases");
		bind(statement, 1, jobs);
		return answered(statement, jobs);
	}

	void charge(Claimed job) throws SQLException {
		PreparedStatement statement = statement("ChargeCrash");
		statement.setLong(1, job.id());
		statement.setInt(2, job.leaseNo());
		statement.setLong(3, job.owner());
		statement.execute();
	}

	void writeProgress(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("WriteProgress");
		int next = bind(statement, 1, jobs);
		statement.setObject(next, jobs.stream().mapToInt((job) -> 50).toArray());
		statement.setObject(next + 1, all(jobs, "half way"));
		statement.executeUpdate();
	}

	void nextDue() throws SQLException {
		PreparedStatement statement = statement("FindNextDue");
		statement.setObject(1, new String[] { "default" });
		statement.executeQuery().close();
	}

	boolean find(long id) throws SQLException {
		PreparedStatement statement = statement("FindJob");
		for (int i = 1; i <= 3; i++) {
			statement.setLong(i, id);
		}
		try (ResultSet rows = statement.executeQuery()) {
			return rows.next();
		}
	}

	void pruneDead() throws SQLException {
		PreparedStatement statement = statement("PruneDeadJobs");
		statement.setLong(1, 3_600_000_000L);
		statement.setInt(2, 100);
		statement.executeUpdate();
	}

	Set<Claimed> archiveSucceeded(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("ArchiveSucceededJobs");
		bind(statement, 1, jobs);
		return answered(statement, jobs);
	}

	Set<Claimed> delete(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("DeleteCompletedJobs");
		bind(statement, 1, jobs);
		return answered(statement, jobs);
	}

	Set<Claimed> archiveCancelled(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("ArchiveCancelledJobs");
		int next = bindWithErrors(statement, jobs, LEASE_ONLY);
		statement.setObject(next, all(jobs, "cancelled by version 1"));
		return answered(statement, jobs);
	}

	Set<Claimed> bury(List<Claimed> jobs) throws SQLException {
		PreparedStatement statement = statement("BuryJobs");
		int next = bindWithErrors(statement, jobs, "failed");
		statement.setObject(next, all(jobs, "buried by version 1"));
		statement.setObject(next + 1, jobs.stream().mapToInt((job) -> 3).toArray());
		return answered(statement, jobs);
	}

	/** Makes jobs due again at once; crashes are what they were, or none. */
	Set<Claimed> giveBack(List<Claimed> jobs, boolean attemptUsed, boolean keepCrashes) throws SQLException {
		PreparedStatement statement = statement("ReturnJobs");
		int next = bindWithErrors(statement, jobs, (attemptUsed) ? "failed" : LEASE_ONLY);
		statement.setObject(next, jobs.stream().map((job) -> (attemptUsed) ? 0L : null).toArray(Long[]::new));
		statement.setArray(next + 1, this.connection.createArrayOf("timestamptz", new String[jobs.size()]));
		statement.setObject(next + 2, jobs.stream().mapToInt((job) -> (attemptUsed) ? 1 : 0).toArray());
		statement.setObject(next + 3, jobs.stream().mapToInt((job) -> (keepCrashes) ? job.crashes() : 0).toArray());
		return answered(statement, jobs);
	}

	List<Long> insertOne(String kind) throws SQLException {
		PreparedStatement statement = statement("InsertOneJob");
		bindNew(statement, kind);
		return ids(statement);
	}

	List<Long> insertOneUnique(String kind, String key) throws SQLException {
		PreparedStatement statement = statement("InsertOneUniqueJob");
		bindNew(statement, kind);
		statement.setString(8, key);
		statement.setString(9, "default");
		statement.setString(10, key);
		return ids(statement);
	}

	private static void bindNew(PreparedStatement statement, String kind) throws SQLException {
		statement.setString(1, "default");
		statement.setString(2, kind);
		statement.setString(3, "{\"from\": 1}");
		statement.setInt(4, 5);
		statement.setObject(5, null, Types.SMALLINT);
		statement.setString(6, null);
		statement.setLong(7, 0);
	}

	List<Long> insertMany(String kind, int count) throws SQLException {
		PreparedStatement statement = statement("InsertManyJobs");
		bindNew(statement, kind, count);
		return ids(statement);
	}

	List<Long> insertManyUnique(String kind, List<String> keys) throws SQLException {
		PreparedStatement statement = statement("InsertManyUniqueJobs");
		bindNew(statement, kind, keys.size());
		statement.setObject(8, keys.toArray(String[]::new));
		return ids(statement);
	}

	private void bindNew(PreparedStatement statement, String kind, int count) throws SQLException {
		statement.setObject(1, Collections.nCopies(count, "default").toArray(String[]::new));
		statement.setObject(2, Collections.nCopies(count, kind).toArray(String[]::new));
		statement.setObject(3, Collections.nCopies(count, "{\"from\": 1}").toArray(String[]::new));
		statement.setArray(4, this.connection.createArrayOf("smallint", Collections.nCopies(count, 5).toArray()));
		statement.setArray(5, this.connection.createArrayOf("smallint", new Short[count]));
		statement.setArray(6, this.connection.createArrayOf("timestamptz", new String[count]));
		statement.setObject(7, new long[count]);
	}

	private static List<Long> ids(PreparedStatement statement) throws SQLException {
		List<Long> ids = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				ids.add(rows.getLong("id"));
			}
		}
		return ids;
	}

	private PreparedStatement statement(String name) throws SQLException {
		PreparedStatement statement = this.prepared.get(name);
		if (statement == null) {
			statement = this.connection.prepareStatement(read(name));
			statement.unwrap(PGStatement.class).setPrepareThreshold(1);
			this.prepared.put(name, statement);
		}
		return statement;
	}

	private static String read(String name) {
		try {
			return new ClassPathResource(FOLDER + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int bind(PreparedStatement statement, int index, List<Claimed> jobs) throws SQLException {
		statement.setObject(index, jobs.stream().mapToLong(Claimed::id).toArray());
		statement.setObject(index + 1, jobs.stream().mapToInt(Claimed::leaseNo).toArray());
		statement.setObject(index + 2, jobs.stream().mapToLong(Claimed::owner).toArray());
		return index + 3;
	}

	private static int bindWithErrors(PreparedStatement statement, List<Claimed> jobs, String error)
			throws SQLException {
		int next = bind(statement, 1, jobs);
		String[] errors = (error.isEmpty()) ? new String[jobs.size()] : all(jobs, error);
		for (int i = 0; i < 3; i++) {
			statement.setObject(next + i, errors);
		}
		return next + 3;
	}

	private static String[] all(List<Claimed> jobs, String text) {
		return Collections.nCopies(jobs.size(), text).toArray(String[]::new);
	}

	/** Returns those of the jobs whose leases a statement answers with. */
	private static Set<Claimed> answered(PreparedStatement statement, List<Claimed> jobs) throws SQLException {
		Set<Long> ids = new LinkedHashSet<>(ids(statement));
		Set<Claimed> answered = new LinkedHashSet<>(jobs);
		answered.removeIf((job) -> !ids.contains(job.id()));
		return answered;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/** A job and the lease on it. */
	record Claimed(long id, int leaseNo, long owner, int attempt, int crashes) {

	}

}

package io.tasuki.localpostgres;

/**
 * How to connect to a database.
 *
 * @param jdbcUrl where it is, without user and password
 * @param username owner of the database
 * @param password that user's password
 */
public record Database(String jdbcUrl, String username, String password) {

	/**
	 * Names the database, never the password.
	 */
	@Override
	public String toString() {
		return this.jdbcUrl;
	}

}

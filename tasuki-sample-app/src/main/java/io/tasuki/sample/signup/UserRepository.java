package io.tasuki.sample.signup;

import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Users in PostgreSQL.
 */
@Repository
class UserRepository {

	private final JdbcClient jdbc;

	UserRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void save(NewUser user) {
		this.jdbc.sql("insert into app_user (id, email, locale) values (?, ?, ?)")
			.params(user.id(), user.email(), user.locale())
			.update();
	}

	void openSurvey(UUID id) {
		this.jdbc.sql("insert into survey (user_id) values (?)").param(id).update();
	}

	Optional<String> findEmail(UUID id) {
		return this.jdbc.sql("select email from app_user where id = ?").param(id).query(String.class).optional();
	}

}

package io.tasuki.sample.signup;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

import io.tasuki.sample.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ExtendWith(OutputCaptureExtension.class)
class SignUpIntegrationTests implements TestDatabase {

	@Autowired
	private SignUp signUp;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void welcomesTheUserInTheBackground(CapturedOutput output) {
		this.signUp.register(new NewUser(UUID.randomUUID(), "ada@example.org", "en"));
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(output).contains("Mail 'welcome' (en) to ada@example.org"));
	}

	@Test
	void asksForFeedbackThreeDaysLater() { // B5
		NewUser user = new NewUser(UUID.randomUUID(), "grace@example.org", "en");
		this.signUp.register(user);
		OffsetDateTime runAt = this.jdbc.sql("select run_at from tasuki.job where unique_key = ?")
			.param("feedback:" + user.id())
			.query(OffsetDateTime.class)
			.single();
		assertThat(runAt).isBetween(OffsetDateTime.now().plusHours(71), OffsetDateTime.now().plusHours(73));
	}

	@Test
	void opensOneSurvey() { // B1, S25
		NewUser user = new NewUser(UUID.randomUUID(), "edsger@example.org", "en");
		this.signUp.register(user);
		this.jdbc.sql("update tasuki.job set run_at = now() where unique_key = ?")
			.param("feedback:" + user.id())
			.update();
		await().atMost(Duration.ofSeconds(30)).until(() -> liveFeedbackJobs(user) == 0);
		assertThat(this.jdbc.sql("select count(*) from survey where user_id = ?")
			.param(user.id())
			.query(Long.class)
			.single()).isOne();
	}

	@Test
	void enqueuesNothingWhenTheUserCannotBeStored() { // S19
		NewUser user = new NewUser(UUID.randomUUID(), "alan@example.org", "en");
		this.signUp.register(user);
		this.jdbc.sql("delete from tasuki.job where unique_key = ?").param("feedback:" + user.id()).update();
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> this.signUp.register(user));
		assertThat(liveFeedbackJobs(user)).isZero();
	}

	private long liveFeedbackJobs(NewUser user) {
		return this.jdbc.sql("select count(*) from tasuki.job where unique_key = ?")
			.param("feedback:" + user.id())
			.query(Long.class)
			.single();
	}

}

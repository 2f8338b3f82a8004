package io.tasuki.sample.signup;

import io.tasuki.JobContext;
import io.tasuki.annotation.JobHandler;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes to users in the background.
 */
// tag::handle[]
@Component
class Mailer {

	private final Outbox outbox;

	private final UserRepository users;

	Mailer(Outbox outbox, UserRepository users) {
		this.outbox = outbox;
		this.users = users;
	}

	@JobHandler(queue = "mail", maxAttempts = 5, concurrency = 8)
	void welcome(SendWelcome job, JobContext context) {
		this.outbox.send(job.userId(), "welcome", job.locale());
	}

	@Transactional
	@JobHandler(queue = "mail", timeout = "30s")
	void askForFeedback(AskForFeedback job) {
		// One transaction with the completion: there is one survey, whatever fails.
		this.users.openSurvey(job.userId());
	}

}
// end::handle[]

package io.tasuki.sample.signup;

import io.tasuki.JobContext;
import io.tasuki.annotation.JobHandler;

import org.springframework.stereotype.Component;

/**
 * Writes to users in the background.
 */
// tag::handle[]
@Component
class Mailer {

	private final Outbox outbox;

	Mailer(Outbox outbox) {
		this.outbox = outbox;
	}

	@JobHandler(queue = "mail", maxAttempts = 5, concurrency = 8)
	void welcome(SendWelcome job, JobContext context) {
		this.outbox.send(job.userId(), "welcome", job.locale());
	}

	@JobHandler(queue = "mail")
	void askForFeedback(AskForFeedback job) {
		this.outbox.send(job.userId(), "feedback", "en");
	}

}
// end::handle[]

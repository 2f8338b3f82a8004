package io.tasuki.sample.signup;

import java.time.Duration;

import io.tasuki.JobClient;
import io.tasuki.JobRequest;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes new users in.
 */
// tag::enqueue[]
@Service
class SignUp {

	private final UserRepository users;

	private final JobClient jobs;

	SignUp(UserRepository users, JobClient jobs) {
		this.users = users;
		this.jobs = jobs;
	}

	@Transactional
	public void register(NewUser user) {
		this.users.save(user);
		// Stored with the user, or not at all.
		this.jobs.enqueue(new SendWelcome(user.id(), user.locale()));
		this.jobs.enqueue(JobRequest.of(new AskForFeedback(user.id()))
			.withDelay(Duration.ofDays(3))
			.withUniqueKey("feedback:" + user.id()));
	}

}
// end::enqueue[]

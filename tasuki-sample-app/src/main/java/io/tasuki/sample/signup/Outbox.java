package io.tasuki.sample.signup;

import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Stands for a mail server: logs what it would send.
 */
@Component
class Outbox {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private final UserRepository users;

	Outbox(UserRepository users) {
		this.users = users;
	}

	void send(UUID userId, String template, String locale) {
		String email = this.users.findEmail(userId).orElseThrow();
		logger.info("Mail '{}' ({}) to {}", template, locale, email);
	}

}

package io.tasuki.sample.signup;

import java.util.UUID;

/**
 * Payload of the job that greets a new user.
 *
 * @param userId whom to greet
 * @param locale in which language
 */
// tag::payload[]
record SendWelcome(UUID userId, String locale) {
}
// end::payload[]

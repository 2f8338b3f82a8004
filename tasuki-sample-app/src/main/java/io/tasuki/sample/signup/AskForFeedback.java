package io.tasuki.sample.signup;

import java.util.UUID;

/**
 * Payload of the job that asks a user for an opinion.
 *
 * @param userId whom to ask
 */
record AskForFeedback(UUID userId) {

}

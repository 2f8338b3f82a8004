package io.tasuki.sample.signup;

import java.util.UUID;

/**
 * Somebody who signs up.
 *
 * @param id identity of the user
 * @param email where to write to
 * @param locale in which language
 */
record NewUser(UUID id, String email, String locale) {

}

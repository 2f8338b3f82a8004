package io.tasuki.worker;

import io.tasuki.Job;

/**
 * A job that waits although its handler could not read its payload.
 *
 * @param job the job
 * @param handler names the handler
 * @param problem why it cannot be read
 */
public record UnreadableJob(Job job, String handler, String problem) {

}

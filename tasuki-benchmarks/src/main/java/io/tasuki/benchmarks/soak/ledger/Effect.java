package io.tasuki.benchmarks.soak.ledger;

/**
 * What a transactional handler left in the database.
 *
 * @param job id in the queue
 * @param number the job's payload
 * @param attempt the attempt that did it
 */
public record Effect(long job, long number, int attempt) {

}

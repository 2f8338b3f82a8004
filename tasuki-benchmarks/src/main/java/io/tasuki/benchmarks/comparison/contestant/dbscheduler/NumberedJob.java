package io.tasuki.benchmarks.comparison.contestant.dbscheduler;

/**
 * The payload.
 *
 * @param number number of the job
 * @param filler makes the payload as large as asked for
 */
record NumberedJob(int number, String filler) {

}

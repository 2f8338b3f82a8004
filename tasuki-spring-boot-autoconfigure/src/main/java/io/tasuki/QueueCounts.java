package io.tasuki;

/**
 * How many jobs a queue holds.
 *
 * @param queue the queue
 * @param due jobs that wait and whose time has come
 * @param scheduled jobs that wait for a moment that lies ahead
 * @param running jobs that a worker holds
 * @param dead dead letters that were jobs of this queue
 * @param complete whether everything was counted; {@code false} where there is so much
 * that the numbers say "at least"
 */
public record QueueCounts(String queue, long due, long scheduled, long running, long dead, boolean complete) {
}

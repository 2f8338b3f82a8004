package io.tasuki.worker;

/**
 * What a worker has in hand.
 *
 * @param slots most jobs that it runs at once, however they are limited otherwise; zero
 * while it does not run
 * @param running slots in which a job runs
 * @param waiting jobs that it holds and that wait for a slot
 * @param unwritten attempts that have ended and whose outcome is not recorded yet
 */
public record WorkerLoad(int slots, int running, int waiting, int unwritten) {

	static final WorkerLoad NONE = new WorkerLoad(0, 0, 0, 0);

}

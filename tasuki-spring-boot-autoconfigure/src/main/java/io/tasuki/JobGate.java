package io.tasuki;

/**
 * Decides, for one process, whether a job may start now. Asked on the thread of the slot
 * that the job would run in, which is taken meanwhile, so the answer must come quickly.
 * Called by many threads at once.
 *
 * <p>
 * Of several gates the first that does not grant decides; those behind it are not asked.
 * A gate that throws, or answers {@code null}, has the job wait about a second,
 * uncharged, and asks again.
 */
@FunctionalInterface
public interface JobGate {

	/**
	 * Says whether the job may start.
	 * @param job the job, with the number of the attempt it would begin
	 */
	Admission admit(Job job);

}

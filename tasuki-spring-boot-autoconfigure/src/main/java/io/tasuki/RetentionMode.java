package io.tasuki;

/**
 * What is kept of a job that has ended. Of one that is cancelled while it waits, what its
 * queue says is kept, as the instance that cancels it has it configured: its handler,
 * which may say otherwise, need not be there.
 */
public enum RetentionMode {

	/**
	 * All of it: what succeeded or was cancelled in the archive, as far as there is one,
	 * and what is dead in the dead letters.
	 */
	ALL,

	/** The dead letters: what succeeded or was cancelled is deleted. */
	DEAD,

	/** Nothing, however it ended. */
	NONE

}

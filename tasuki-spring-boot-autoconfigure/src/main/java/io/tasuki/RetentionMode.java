package io.tasuki;

/**
 * What is kept of a job that has ended. A job that was cancelled while it waited, and so
 * before any worker had it, is archived wherever there is an archive.
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

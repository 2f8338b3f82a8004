package io.tasuki.store;

/**
 * What became of an outcome that was given again because nobody knew whether it had been
 * recorded, when its lease is no longer held.
 */
public enum Fate {

	/** A commit whose answer was lost has recorded it. */
	RECORDED,

	/** Another worker took the job over: this outcome counts for nothing. */
	TAKEN_OVER

}

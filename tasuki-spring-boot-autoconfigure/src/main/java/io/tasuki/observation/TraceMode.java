package io.tasuki.observation;

/**
 * How the trace of an attempt stands to that of whoever enqueued the job.
 */
public enum TraceMode {

	/** It is the same trace: the attempt is a child of the enqueue. */
	CONTINUE,

	/**
	 * It is a new trace, whose first span has a link to the enqueue.
	 */
	LINK

}

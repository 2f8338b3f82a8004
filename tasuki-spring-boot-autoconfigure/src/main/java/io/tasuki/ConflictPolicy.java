package io.tasuki;

/**
 * What an enqueue does when a live job of the same queue has its {@link UniqueKey}. A job
 * that a worker holds is never changed: it may have begun.
 */
public enum ConflictPolicy {

	/** Nothing is stored. The answer names the job that has the key. */
	KEEP,

	/**
	 * A job that waits becomes the new one and keeps its id: payload, kind, run-at,
	 * priority, max attempts, label and metadata are those of the latest enqueue, and its
	 * attempts begin anew. If a worker holds it, it loses its key, and another job is
	 * stored under the key.
	 */
	REPLACE,

	/**
	 * Like {@link #REPLACE}, but the job never becomes due earlier than it was. Enqueued
	 * again and again with the same delay, it runs once, with the latest payload, as soon
	 * as no enqueue has come for that long.
	 */
	DEBOUNCE

}

package io.tasuki.actuate;

import java.util.List;

/**
 * One row of health: knows when one thing is wrong, and what to do then. Decides by what
 * it is given, and asks nobody.
 */
sealed interface Check permits WorkerCheck, DatabaseCheck, ListenerCheck, ArchiveCheck, StuckSlotsCheck,
		LateQueuesCheck, UnknownKindsCheck, SnapshotCheck, LookCheck {

	/**
	 * Returns the row's name, by which alerts may tell problems apart.
	 */
	String name();

	/**
	 * Returns what is wrong, the worst first.
	 */
	List<Problem> problems(Situation situation);

}

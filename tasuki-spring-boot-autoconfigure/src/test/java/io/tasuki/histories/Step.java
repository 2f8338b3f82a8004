package io.tasuki.histories;

import java.util.List;

/** Something that is done to a queue. */
sealed interface Step
		permits Enqueue, Claim, Renew, Complete, CompleteInTransaction, Cancel, ChargeCrash, NameCrashedWorkers,
		ReportProgress, LoseConnection, LetLeasesRunOut, PassHours, LookAtQueues, Find, WhileLocked {

	/**
	 * Does it to the store and to the model, and compares what they say. What it refers
	 * to may be missing, because a shortened history never made it: then it does less.
	 */
	void play(Scene scene);

	/** Returns steps that do less than this one. */
	default List<Step> simpler() {
		return List.of();
	}

}

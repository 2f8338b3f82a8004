package io.tasuki.worker;

import org.jspecify.annotations.Nullable;

/**
 * Which suspects may run at once. A grave one runs while no other suspect does, so that
 * it can take no innocent one with it. It is over when its end is recorded: done but not
 * recorded, it would be charged again if the next suspect took the worker down. Guarded
 * by the lock of {@link Slots}.
 */
final class SuspectAdmission {

	/** Suspects that run, a grave one apart. */
	private int running;

	/** The grave suspect that is not over; {@code null} if there is none. */
	private @Nullable HeldJob grave;

	/** Whether the grave suspect has no slot any more. */
	private boolean graveDone;

	/**
	 * Returns whether a job may start, suspect or not.
	 */
	boolean admits(HeldJob job) {
		if (!job.suspect()) {
			return true;
		}
		return this.grave == null && (this.running == 0 || !job.graveSuspect());
	}

	void start(HeldJob suspect) {
		if (suspect.graveSuspect()) {
			this.grave = suspect;
			this.graveDone = false;
		}
		else {
			this.running++;
		}
	}

	/**
	 * Takes back the start of a suspect.
	 */
	void unstart(HeldJob suspect) {
		if (suspect.graveSuspect()) {
			this.grave = null;
		}
		else {
			this.running--;
		}
	}

	/**
	 * Notes that a suspect has given its slot back.
	 * @return whether others may start now that could not before
	 */
	boolean finish(HeldJob suspect) {
		if (suspect.graveSuspect() && suspect.isHeld()) {
			this.graveDone = true;
			return false;
		}
		unstart(suspect);
		return true;
	}

	/**
	 * Notes that the worker does not hold a grave suspect any more.
	 * @return whether others may start now that could not before
	 */
	boolean letGo(HeldJob suspect) {
		if (this.grave != suspect || !this.graveDone) {
			return false;
		}
		unstart(suspect);
		return true;
	}

}

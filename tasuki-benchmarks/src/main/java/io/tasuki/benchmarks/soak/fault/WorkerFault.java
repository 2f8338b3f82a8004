package io.tasuki.benchmarks.soak.fault;

import io.tasuki.benchmarks.soak.process.WorkerPlace;

/**
 * A fault that befalls one worker.
 *
 * @param worker the number of the one to befall, if there is a choice
 */
record WorkerFault(int worker, Blow blow) implements Fault {

	@Override
	public void strike(Site site) throws InterruptedException {
		WorkerPlace place = site.take(this.worker);
		if (place != null) {
			try {
				this.blow.befall(place, site);
			}
			finally {
				site.workers().giveBack(place);
			}
		}
	}

	/** What befalls it. */
	interface Blow {

		void befall(WorkerPlace place, Site site) throws InterruptedException;

	}

}

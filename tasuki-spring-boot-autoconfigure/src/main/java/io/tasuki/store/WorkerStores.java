package io.tasuki.store;

/**
 * Opens the stores of a worker. Nothing is connected before the first call to a store.
 */
public interface WorkerStores {

	/**
	 * Returns a new store for claims and leases.
	 */
	LeaseStore openLeaseStore();

	/**
	 * Returns a new store for outcomes.
	 */
	CompletionStore openCompletionStore();

}

package io.tasuki.autoconfigure;

import io.tasuki.maintenance.Janitor;
import io.tasuki.worker.Worker;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the worker with the application. Stops in the calling thread, so that
 * nothing the handlers use is closed before the worker has handed its jobs back.
 */
final class WorkerLifecycle implements SmartLifecycle {

	private final Worker worker;

	private final Janitor janitor;

	private final PayloadStartCheck payloadCheck;

	private final KeepAlive keepAlive = new KeepAlive();

	// Not the worker's word: an application that stopped the worker itself still has the
	// rest to be stopped.
	private volatile boolean running;

	WorkerLifecycle(Worker worker, Janitor janitor, PayloadStartCheck payloadCheck) {
		this.worker = worker;
		this.janitor = janitor;
		this.payloadCheck = payloadCheck;
	}

	@Override
	public void start() {
		this.payloadCheck.run();
		this.running = true;
		this.keepAlive.start();
		this.janitor.start();
		this.worker.start();
	}

	@Override
	public void stop() {
		try {
			this.worker.stop();
			this.janitor.stop();
		}
		finally {
			this.keepAlive.stop();
			this.running = false;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return TasukiPhases.WORKER;
	}

}

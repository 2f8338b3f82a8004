package io.tasuki.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * When parts start and stop. Spring Boot's web server starts in the default phase - 2048
 * and begins its graceful shutdown in the default phase - 1024; what starts later stops
 * earlier.
 */
final class TasukiPhases {

	/** After the web server has started; before it stops taking requests. */
	static final int WORKER = SmartLifecycle.DEFAULT_PHASE - 512;

	/** Until the last request that the web server finishes has enqueued its jobs. */
	static final int NOTIFICATIONS = SmartLifecycle.DEFAULT_PHASE - 4096;

	private TasukiPhases() {
	}

}

package io.tasuki.autoconfigure;

import io.tasuki.postgres.PostgresJobNotifications;

import org.springframework.context.SmartLifecycle;

/** Stops the sender of wake-ups once nothing can enqueue any more. */
final class NotificationsLifecycle implements SmartLifecycle {

	private final PostgresJobNotifications notifications;

	private volatile boolean running;

	NotificationsLifecycle(PostgresJobNotifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void start() {
		this.notifications.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.notifications.stop();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return TasukiPhases.NOTIFICATIONS;
	}

}

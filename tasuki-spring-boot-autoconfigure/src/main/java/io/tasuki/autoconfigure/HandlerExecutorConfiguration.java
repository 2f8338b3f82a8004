package io.tasuki.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads for handlers: as many as jobs run at once, for the worker counts its slots
 * itself. No default candidate, so that the application's own executors stay the default.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = HandlerExecutorConfiguration.BEAN_NAME)
class HandlerExecutorConfiguration {

	static final String BEAN_NAME = "tasukiHandlerExecutor";

	private static final String THREAD_NAME_PREFIX = "tasuki-";

	// Not its close(), which would wait for a handler that ignores interruption.
	@Bean(name = BEAN_NAME, defaultCandidate = false, destroyMethod = "shutdown")
	@ConditionalOnThreading(Threading.PLATFORM)
	ExecutorService platformThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
		threads.setDaemon(true);
		return Executors.newCachedThreadPool(threads);
	}

	@Bean(name = BEAN_NAME, defaultCandidate = false)
	@ConditionalOnThreading(Threading.VIRTUAL)
	Executor virtualThreads() {
		return new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX);
	}

}

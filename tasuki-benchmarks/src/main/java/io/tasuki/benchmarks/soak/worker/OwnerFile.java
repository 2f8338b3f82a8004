package io.tasuki.benchmarks.soak.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerStores;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Writes down every owner under which this process claims, before any of the claimed jobs
 * can start, so that the rows of one process can be told from those of another.
 */
final class OwnerFile implements BeanPostProcessor, EnvironmentAware {

	private final Set<Long> known = ConcurrentHashMap.newKeySet();

	private Path file = Path.of("owners");

	@Override
	public void setEnvironment(Environment environment) {
		this.file = WorkerFiles.owners(Path.of(environment.getRequiredProperty("soak.folder")));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof WorkerStores) ? watch(WorkerStores.class, bean) : bean;
	}

	// A proxy, not a class with all methods: it must not mind when the stores learn more.
	private Object watch(Class<?> type, Object target) {
		InvocationHandler handler = (proxy, method, arguments) -> watch(invoke(target, method, arguments));
		return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type }, handler);
	}

	private Object watch(Object result) {
		if (result instanceof LeaseStore) {
			return watch(LeaseStore.class, result);
		}
		if (result instanceof List<?> list) {
			for (Object entry : list) {
				if (entry instanceof ClaimedJob job && this.known.add(job.lease().owner())) {
					write(job.lease().owner());
				}
			}
		}
		return result;
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private synchronized void write(long owner) {
		try {
			Files.writeString(this.file, owner + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

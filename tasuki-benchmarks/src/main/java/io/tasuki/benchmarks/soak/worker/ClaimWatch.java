package io.tasuki.benchmarks.soak.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tasuki.benchmarks.soak.ledger.ClaimFile;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerStores;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Stands between the worker and its stores, and writes down every claim before the worker
 * sees it.
 */
final class ClaimWatch implements BeanPostProcessor, EnvironmentAware {

	private ClaimFile file = new ClaimFile(WorkerFiles.claims(Path.of("")));

	@Override
	public void setEnvironment(Environment environment) {
		this.file = new ClaimFile(WorkerFiles.claims(Path.of(environment.getRequiredProperty("soak.folder"))));
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
		if (result instanceof Collection<?> answer) {
			write(answer.stream().filter(ClaimedJob.class::isInstance).map(ClaimedJob.class::cast).toList());
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

	private void write(List<ClaimedJob> claimed) {
		Map<Long, List<Long>> byOwner = claimed.stream()
			.collect(Collectors.groupingBy((job) -> job.lease().owner(),
					Collectors.mapping((job) -> job.job().id().value(), Collectors.toList())));
		byOwner.forEach(this.file::add);
	}

}

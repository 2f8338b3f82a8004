package io.tasuki.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.tasuki.store.LeaseStore;

/** Counts what is asked of lease stores, by the name of the method. */
final class CountedCalls {

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	LeaseStore counting(LeaseStore store) {
		return (LeaseStore) Proxy.newProxyInstance(LeaseStore.class.getClassLoader(),
				new Class<?>[] { LeaseStore.class }, (proxy, method, arguments) -> {
					this.calls.merge(method.getName(), 1, Integer::sum);
					try {
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	int of(String method) {
		return this.calls.getOrDefault(method, 0);
	}

}

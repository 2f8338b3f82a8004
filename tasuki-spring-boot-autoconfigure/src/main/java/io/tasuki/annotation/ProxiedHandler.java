package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;

/**
 * Finds the method to call where the bean is a proxy, and says so where there is none.
 */
final class ProxiedHandler {

	private ProxiedHandler() {
	}

	/**
	 * Returns the method through which the handler is called on beans of this class.
	 * @throws InvalidHandlerException if the class is a proxy that hides the method
	 */
	static Method invocableMethod(Method method, Class<?> beanClass, String handler) {
		if (isClassProxy(method, beanClass) && Modifier.isFinal(method.getModifiers())) {
			throw finalMethod(handler);
		}
		try {
			return AopUtils.selectInvocableMethod(method, beanClass);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerException(handler, "is hidden by an interface-based proxy",
					"Declare the method in an interface of the bean, or let Spring proxy the class "
							+ "(proxyTargetClass = true, which is the default of Spring Boot)",
					ex);
		}
	}

	private static boolean isClassProxy(Method method, Class<?> beanClass) {
		return SpringProxy.class.isAssignableFrom(beanClass) && method.getDeclaringClass().isAssignableFrom(beanClass);
	}

	/**
	 * A class-based proxy does not pass such a call on: it would run on the proxy, whose
	 * fields are empty.
	 */
	static InvalidHandlerException finalMethod(String handler) {
		return new InvalidHandlerException(handler, "is final, but its bean is proxied", "Make the method not final");
	}

}

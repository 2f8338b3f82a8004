package io.tasuki.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, which is looked up for each call so that its scope holds.
 */
final class BeanMethod {

	private final BeanFactory beanFactory;

	private final String beanName;

	private final Method method;

	private final String description;

	BeanMethod(BeanFactory beanFactory, String beanName, Method method, String description) {
		ReflectionUtils.makeAccessible(method);
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		this.method = method;
		this.description = description;
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
		Object bean = this.beanFactory.getBean(this.beanName);
		try {
			return methodOf(bean).invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw ex;
		}
	}

	// A bean that did not exist at start-up can turn out to be a proxy only now.
	private Method methodOf(Object bean) {
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(this.method.getModifiers())) {
			throw ProxiedHandler.finalMethod(this.description);
		}
		if (this.method.getDeclaringClass().isInstance(bean)) {
			return this.method;
		}
		return ProxiedHandler.invocableMethod(this.method, bean.getClass(), this.description);
	}

	@Override
	public String toString() {
		return this.description;
	}

}

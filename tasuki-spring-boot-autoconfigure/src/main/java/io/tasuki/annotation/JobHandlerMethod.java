package io.tasuki.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.worker.PayloadReader;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Runs jobs by calling a method of a bean, which is looked up for each call so that its
 * scope holds.
 */
final class JobHandlerMethod implements Handler, PayloadReader {

	private final BeanFactory beanFactory;

	private final String beanName;

	private final Method method;

	private final List<HandlerArgument> arguments;

	private final HandlerResult result;

	private final String description;

	JobHandlerMethod(BeanFactory beanFactory, String beanName, Method method, List<HandlerArgument> arguments,
			HandlerResult result, String description) {
		ReflectionUtils.makeAccessible(method);
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		this.method = method;
		this.arguments = arguments;
		this.result = result;
		this.description = description;
	}

	@Override
	public JobResult handle(JobContext context) throws Exception {
		@Nullable Object[] arguments = new Object[this.arguments.size()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.arguments.get(i).resolve(context);
		}
		Object bean = this.beanFactory.getBean(this.beanName);
		return this.result.of(invoke(bean, arguments));
	}

	@Override
	public void read(Job job) {
		for (HandlerArgument argument : this.arguments) {
			if (argument instanceof PayloadArgument payload) {
				payload.read(job);
			}
		}
	}

	private @Nullable Object invoke(Object bean, @Nullable Object[] arguments) throws Exception {
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

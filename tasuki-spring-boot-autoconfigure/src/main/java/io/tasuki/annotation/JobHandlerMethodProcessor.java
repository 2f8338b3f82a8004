package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.tasuki.BatchInterceptor;
import io.tasuki.JobInterceptor;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadUpcaster;
import io.tasuki.transaction.TransactionalHandlers;
import io.tasuki.worker.DuplicateHandlerException;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Fills the {@link HandlerRegistry} once all singletons exist: with the methods annotated
 * with {@link JobHandler @JobHandler} and with the beans of type
 * {@link HandlerRegistration}. Creates no lazy and no scoped bean.
 */
public class JobHandlerMethodProcessor implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(JobHandlerMethodProcessor.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final HandlerRegistry registry;

	private final PayloadSerializer serializer;

	/**
	 * Creates a processor.
	 * @param beanFactory holds the beans to look at, and gives them out at each job
	 * @param registry is filled
	 * @param serializer reads payloads
	 */
	public JobHandlerMethodProcessor(ConfigurableListableBeanFactory beanFactory, HandlerRegistry registry,
			PayloadSerializer serializer) {
		this.beanFactory = beanFactory;
		this.registry = registry;
		this.serializer = serializer;
	}

	/**
	 * Finds and registers the handlers, inside of all {@link JobInterceptor} beans, or of
	 * all {@link BatchInterceptor} beans where they take several jobs at once. Their
	 * parameters are supplied by {@link JobArgumentResolver} beans, and payloads of older
	 * versions read by {@link PayloadUpcaster} beans. Where there is a bean of type
	 * {@link TransactionalHandlers}, it says which of them complete their jobs inside
	 * their own transactions.
	 * @throws InvalidHandlerException if an annotated method cannot run jobs
	 * @throws DuplicateHandlerException if two handlers name one kind
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<JobInterceptor> interceptors = ordered(JobInterceptor.class);
		List<BatchInterceptor> batchInterceptors = ordered(BatchInterceptor.class);
		Consumer<HandlerRegistration> register = (registration) -> {
			noteLeftOut(registration, interceptors);
			this.registry
				.register(registration.withInterceptors(interceptors).withBatchInterceptors(batchInterceptors));
		};
		PayloadVersions versions = new PayloadVersions(ordered(PayloadUpcaster.class));
		ordered(HandlerRegistration.class).stream().map(versions::versioned).forEach(register);
		HandlerRegistrationFactory registrations = new HandlerRegistrationFactory(this.beanFactory, this.serializer,
				ordered(JobArgumentResolver.class), versions,
				this.beanFactory.getBeanProvider(TransactionalHandlers.class).getIfAvailable());
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			if (!ScopedProxyUtils.isScopedTarget(beanName)) {
				handlersOf(beanName, registrations).forEach(register);
			}
		}
	}

	private static void noteLeftOut(HandlerRegistration registration, List<JobInterceptor> interceptors) {
		List<JobInterceptor> leftOut = interceptors.stream()
			.filter((interceptor) -> !(interceptor instanceof BatchInterceptor))
			.toList();
		if (registration.batch() != null && !leftOut.isEmpty()) {
			logger.info(
					"{} takes batches, so these interceptors do not stand around it, "
							+ "as they would if they were of type BatchInterceptor too: {}",
					registration.description(), leftOut);
		}
	}

	private <T> List<T> ordered(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream().toList();
	}

	private List<HandlerRegistration> handlersOf(String beanName, HandlerRegistrationFactory registrations) {
		Class<?> type = targetType(beanName);
		if (type == null || !AnnotationUtils.isCandidateClass(type, JobHandler.class)) {
			return List.of();
		}
		List<HandlerRegistration> handlers = new ArrayList<>();
		annotatedMethods(beanName, type)
			.forEach((method, annotation) -> handlers.add(registrations.create(beanName, type, method, annotation)));
		return handlers;
	}

	private @Nullable Class<?> targetType(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				Class<?> scoped = AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(beanName));
				return (scoped != null) ? scoped : type;
			}
			return type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Cannot tell the type of bean '{}', so it has no job handlers", beanName, ex);
			return null;
		}
	}

	private Map<Method, JobHandler> annotatedMethods(String beanName, Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type,
					(MethodIntrospector.MetadataLookup<@Nullable JobHandler>) (method) -> AnnotatedElementUtils
						.findMergedAnnotation(method, JobHandler.class));
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Cannot read the methods of bean '{}', so it has no job handlers", beanName, ex);
			return Map.of();
		}
	}

}

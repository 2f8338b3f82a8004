package io.tasuki.transaction;

import java.lang.reflect.Method;

import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.worker.HandlerTransactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Tells which handler methods complete their jobs inside their own transactions, as the
 * application's transaction management sees them.
 */
public final class TransactionalHandlers {

	private static final Logger logger = LoggerFactory.getLogger(TransactionalHandlers.class);

	private final BeanFactory beanFactory;

	private final JoinedCompletionStore completions;

	/**
	 * Creates the knowledge of an application context.
	 * @param beanFactory holds its transaction managers and its
	 * {@code TransactionInterceptor}; without the latter no method is transactional
	 * @param completions records outcomes inside these transactions
	 */
	public TransactionalHandlers(BeanFactory beanFactory, JoinedCompletionStore completions) {
		this.beanFactory = beanFactory;
		this.completions = completions;
	}

	/**
	 * Looks at a handler method.
	 * @param method the method that is annotated as a handler
	 * @param targetClass class of its bean, not of a proxy
	 * @param handler names the handler in messages
	 * @return its transactions; {@code null} if its jobs are completed after it returned
	 */
	public @Nullable HandlerTransactions find(Method method, Class<?> targetClass, String handler) {
		TransactionInterceptor interceptor = this.beanFactory.getBeanProvider(TransactionInterceptor.class)
			.getIfUnique();
		TransactionAttributeSource source = (interceptor != null) ? interceptor.getTransactionAttributeSource() : null;
		TransactionAttribute attribute = (source != null) ? source.getTransactionAttribute(method, targetClass) : null;
		if (interceptor == null || attribute == null) {
			return null;
		}
		TransactionManager manager = new Managers(this.beanFactory, interceptor).of(attribute, targetClass);
		String obstacle = obstacle(attribute, manager);
		if (obstacle == null && manager instanceof PlatformTransactionManager platformManager) {
			logger.info("{} completes its jobs in its own transaction", handler);
			return of(platformManager, attribute, method.getDeclaringClass().getName() + "." + method.getName());
		}
		logger.info("{} completes its jobs after its transaction, not in it, because {}", handler, obstacle);
		return null;
	}

	/**
	 * Returns the transactions of a handler that is registered by hand.
	 * @param manager begins and ends them; its data source must be the queue's
	 * @param attribute isolation, timeout and what rolls back; joins nothing, as there is
	 * nothing around a handler
	 * @param name the transactions' name
	 */
	public HandlerTransactions of(PlatformTransactionManager manager, TransactionAttribute attribute, String name) {
		return new SpringHandlerTransactions(manager, attribute, this.completions, name);
	}

	private @Nullable String obstacle(TransactionAttribute attribute, @Nullable TransactionManager manager) {
		String propagation = switch (attribute.getPropagationBehavior()) {
			case TransactionDefinition.PROPAGATION_REQUIRES_NEW -> "REQUIRES_NEW";
			case TransactionDefinition.PROPAGATION_NOT_SUPPORTED -> "NOT_SUPPORTED";
			case TransactionDefinition.PROPAGATION_NEVER -> "NEVER";
			case TransactionDefinition.PROPAGATION_SUPPORTS -> "SUPPORTS";
			default -> null;
		};
		if (propagation != null) {
			return "its propagation is " + propagation;
		}
		if (attribute.isReadOnly()) {
			return "it is read-only";
		}
		if (!(manager instanceof PlatformTransactionManager)) {
			return "its transaction manager is reactive";
		}
		Object dataSource = dataSource(manager);
		if (dataSource == null) {
			return "its transaction manager, a %s, does not tell its data source"
				.formatted(manager.getClass().getName());
		}
		return this.completions.covers(dataSource) ? null : "its data source is not the queue's";
	}

	/**
	 * Managers of JDBC, JPA and Hibernate have this property, but no type in common that
	 * does.
	 */
	private static @Nullable Object dataSource(TransactionManager manager) {
		BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(manager);
		return properties.isReadableProperty("dataSource") ? properties.getPropertyValue("dataSource") : null;
	}

	/** Chooses the manager as the interceptor of the method's proxy does. */
	private static final class Managers extends TransactionAspectSupport {

		Managers(BeanFactory beanFactory, TransactionInterceptor interceptor) {
			setBeanFactory(beanFactory);
			setTransactionManager(interceptor.getTransactionManager());
		}

		@Nullable TransactionManager of(TransactionAttribute attribute, Class<?> targetClass) {
			return determineTransactionManager(attribute, targetClass);
		}

	}

}

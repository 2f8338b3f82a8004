package io.tasuki.autoconfigure;

import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.store.JobNotifications;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wake-ups over PostgreSQL, and when they start and stop. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobNotifications.class)
class NotificationsConfiguration {

	// Closed with the life cycle, and once more with the context that never started.
	@Bean
	PostgresJobNotifications tasukiJobNotifications(TasukiDataSources dataSources, TasukiProperties properties) {
		return new PostgresJobNotifications(dataSources.engine(), properties.worker().listen());
	}

	@Bean
	NotificationsLifecycle tasukiNotificationsLifecycle(PostgresJobNotifications notifications) {
		return new NotificationsLifecycle(notifications);
	}

}

package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import io.tasuki.JobClient;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import io.tasuki.annotation.JobHandlerMethodProcessor;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.EnqueueInterceptor;
import io.tasuki.client.PayloadWriter;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobStore;
import io.tasuki.worker.HandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of what every application instance has, whether it runs jobs or only
 * enqueues them.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tasuki.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TasukiProperties.class)
@Import({ DatabaseInitializationDependencyConfigurer.class, NotificationsConfiguration.class,
		PayloadValidationConfiguration.class })
public final class TasukiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadSerializer tasukiPayloadSerializer(ObjectProvider<JsonMapper> mapper) {
		return new JacksonPayloadSerializer(mapper.getIfUnique(JsonMapper::shared));
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerRegistry tasukiHandlerRegistry() {
		return new HandlerRegistry();
	}

	// Where no job is run as well, for a client asks which queue a kind's handler names.
	@Bean
	@ConditionalOnMissingBean
	JobHandlerMethodProcessor tasukiJobHandlerMethodProcessor(ConfigurableListableBeanFactory beanFactory,
			HandlerRegistry registry, PayloadSerializer serializer) {
		return new JobHandlerMethodProcessor(beanFactory, registry, serializer);
	}

	@Bean
	@Lazy
	TasukiDataSources tasukiDataSources(TasukiProperties properties, ListableBeanFactory beanFactory,
			@TasukiDataSource ObjectProvider<DataSource> markedQueue,
			@TasukiEngineDataSource ObjectProvider<DataSource> markedEngine) {
		return new TasukiDataSourcesFactory(beanFactory, new EngineDataSourceFactory(properties.jdbc()))
			.create(markedQueue, markedEngine);
	}

	// After Flyway and Liquibase, which may bring the schema. Only what touches its
	// tables
	// waits for this bean; it is no initializer that the whole application waits for.
	@Bean
	@Lazy
	@DependsOnDatabaseInitialization
	TasukiSchema tasukiSchema(TasukiDataSources dataSources, TasukiProperties properties) {
		return new TasukiSchema(dataSources.queue(), properties.jdbc().initializeSchema());
	}

	@Bean
	@ConditionalOnMissingBean(JobStore.class)
	PostgresJobStore tasukiJobStore(TasukiDataSources dataSources, TasukiSchema schema, TasukiProperties properties) {
		return new PostgresJobStore(dataSources.queue(), properties.client().allowUnrelatedTransaction(),
				properties.retention().archive(), properties.queueRetention(), dataSources.eviction());
	}

	@Bean
	@ConditionalOnMissingBean
	AfterCommit tasukiAfterCommit(PostgresJobStore store, JobNotifications notifications) {
		return store.afterCommit(notifications);
	}

	@Bean
	@ConditionalOnMissingBean
	JobClient jobClient(JobStore store, AfterCommit afterCommit, JobNotifications notifications,
			PayloadSerializer serializer, ObjectProvider<PayloadValidator> validator, HandlerRegistry registry,
			TasukiProperties properties, ObjectProvider<EnqueueInterceptor> interceptors) {
		PayloadWriter payloads = new PayloadWriter(serializer, validator.getIfAvailable(() -> PayloadValidator.NONE),
				properties.client().maxPayloadSize().toBytes());
		return new DefaultJobClient(store, afterCommit, notifications, payloads,
				(kind) -> registry.find(kind).map((handler) -> handler.jobs().queue()),
				properties.client().requireTransaction(), interceptors.orderedStream().toList());
	}

}

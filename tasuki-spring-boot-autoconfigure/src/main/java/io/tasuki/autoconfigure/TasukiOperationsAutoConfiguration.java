package io.tasuki.autoconfigure;

import io.tasuki.DatabaseOperations;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import io.tasuki.client.DefaultJobOperations;
import io.tasuki.client.DefaultQueueOperations;
import io.tasuki.postgres.PostgresDatabaseOperations;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.OperationsStore;
import io.tasuki.store.QueueSettingsStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of what operates jobs and queues, whether this instance runs jobs or
 * not.
 */
@AutoConfiguration(after = TasukiAutoConfiguration.class)
@ConditionalOnBean(PostgresJobStore.class)
public final class TasukiOperationsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OperationsStore tasukiOperationsStore(PostgresJobStore store) {
		return store.operations();
	}

	@Bean
	@ConditionalOnMissingBean
	JobOperations jobOperations(OperationsStore store, AfterCommit afterCommit, JobNotifications notifications) {
		return new DefaultJobOperations(store, afterCommit, notifications);
	}

	@Bean
	@ConditionalOnMissingBean
	QueueSettingsStore tasukiQueueSettingsStore(PostgresJobStore store) {
		return store.queueSettings();
	}

	@Bean
	@ConditionalOnMissingBean
	QueueOperations queueOperations(QueueSettingsStore store, AfterCommit afterCommit, JobNotifications notifications) {
		return new DefaultQueueOperations(store, afterCommit, notifications);
	}

	// Where the store is the application's own, there need be no data source of ours.
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	DatabaseOperations databaseOperations(TasukiDataSources dataSources) {
		return new PostgresDatabaseOperations(dataSources.engine());
	}

}

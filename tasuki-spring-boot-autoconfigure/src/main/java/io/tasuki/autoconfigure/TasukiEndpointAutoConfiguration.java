package io.tasuki.autoconfigure;

import java.util.List;

import io.tasuki.JobClient;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import io.tasuki.actuate.JobMasker;
import io.tasuki.actuate.TasukiEndpoint;
import io.tasuki.actuate.TasukiEndpointJmxExtension;
import io.tasuki.actuate.TasukiEndpointWebExtension;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the Actuator endpoint, whether this instance runs jobs or not.
 */
@AutoConfiguration(after = { TasukiWorkerAutoConfiguration.class, TasukiOperationsAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(TasukiEndpoint.class)
@Conditional(OnWorkerOrOperationsCondition.class)
public final class TasukiEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TasukiEndpoint tasukiEndpoint(ObjectProvider<Worker> workers, ObjectProvider<UnknownKinds> kinds) {
		Worker worker = workers.getIfAvailable();
		UnknownKinds unknownKinds = kinds.getIfAvailable();
		return new TasukiEndpoint((worker != null) ? worker::health : null,
				(unknownKinds != null) ? unknownKinds::find : List::of);
	}

	// Where the store is the application's own, there need be no operations.
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean({ JobClient.class, JobOperations.class, QueueOperations.class })
	static class OperationsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		JobMasker jobMasker() {
			return JobMasker.showingErrors();
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(endpoint = TasukiEndpoint.class, exposure = EndpointExposure.WEB)
		TasukiEndpointWebExtension tasukiEndpointWebExtension(JobClient client, JobOperations jobs,
				QueueOperations queues, JobMasker masker) {
			return new TasukiEndpointWebExtension(client, jobs, queues, masker);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(endpoint = TasukiEndpoint.class, exposure = EndpointExposure.JMX)
		TasukiEndpointJmxExtension tasukiEndpointJmxExtension(JobClient client, JobOperations jobs,
				QueueOperations queues, JobMasker masker) {
			return new TasukiEndpointJmxExtension(client, jobs, queues, masker);
		}

	}

}

package io.tasuki.autoconfigure;

import io.tasuki.actuate.TasukiEndpoint;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the Actuator endpoint.
 */
@AutoConfiguration(after = TasukiWorkerAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ Worker.class, UnknownKinds.class })
@ConditionalOnAvailableEndpoint(TasukiEndpoint.class)
public final class TasukiEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TasukiEndpoint tasukiEndpoint(Worker worker, UnknownKinds unknownKinds) {
		return new TasukiEndpoint(worker::health, unknownKinds::find);
	}

}

package io.tasuki.autoconfigure;

import io.tasuki.JobClient;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Matches where the endpoint has something to show.
 */
final class OnWorkerOrOperationsCondition extends AnyNestedCondition {

	OnWorkerOrOperationsCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean({ Worker.class, UnknownKinds.class })
	static class HasWorker {

	}

	@ConditionalOnBean({ JobClient.class, JobOperations.class, QueueOperations.class })
	static class HasOperations {

	}

}

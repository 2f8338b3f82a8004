package io.tasuki.actuate;

import io.tasuki.JobId;
import io.tasuki.actuate.JobValue.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobMaskerTests {

	@ParameterizedTest
	@EnumSource
	void masksEverythingButErrorsByDefault(Part part) { // B54
		JobValue value = new JobValue(part, new JobId(17), "SendInvoice", "mail", "customer", "ada@example.org");
		assertThat(JobMasker.showingErrors().mask(value))
			.isEqualTo((part == Part.ERROR) ? "ada@example.org" : "******");
		assertThat(value).asString().contains("job 17").doesNotContain("ada@example.org");
	}

}

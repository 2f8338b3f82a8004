package io.tasuki;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryRulesTests {

	@Test
	void refusesSubclassesToo() { // B17
		RetryRules rules = new RetryRules(Set.of(IOException.class), Set.of());
		assertThat(rules.refusing(new IOException())).isEqualTo(IOException.class);
		assertThat(rules.refusing(new EOFException())).isEqualTo(IOException.class);
		assertThat(rules.refusing(new Exception())).isNull();
	}

	@Test
	void nearestClassWins() { // B17
		RetryRules rules = new RetryRules(Set.of(Throwable.class, FileNotFoundException.class),
				Set.of(IOException.class));
		assertThat(rules.refusing(new Error())).isEqualTo(Throwable.class);
		assertThat(rules.refusing(new EOFException())).isNull();
		assertThat(rules.refusing(new FileNotFoundException())).isEqualTo(FileNotFoundException.class);
	}

	@Test
	void looksAtNoCause() { // B17
		RetryRules rules = new RetryRules(Set.of(IOException.class), Set.of());
		assertThat(rules.refusing(new IllegalStateException(new IOException()))).isNull();
	}

	@Test
	void refusesRulesThatContradictThemselvesOrChangeNothing() { // B17
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetryRules(Set.of(IOException.class), Set.of(IOException.class)))
			.withMessage("java.io.IOException stands both in noRetryFor and in retryFor");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetryRules(Set.of(EOFException.class), Set.of(IOException.class)))
			.withMessageContaining("retryFor java.io.IOException changes nothing");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryRules(Set.of(), Set.of(IOException.class)))
			.withMessageContaining("changes nothing");
	}

	@Test
	void keepsItsOwnCopies() {
		Set<Class<? extends Throwable>> types = new HashSet<>(Set.of(IOException.class));
		RetryRules rules = new RetryRules(types, Set.of());
		types.clear();
		assertThat(rules.refusing(new IOException())).isEqualTo(IOException.class);
	}

}

package io.tasuki.benchmarks.comparison.report;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			76543.21 ; 76,543
			1234567  ; 1,234,567
			431.6    ; 432
			99.96    ; 100
			12.34    ; 12.3
			9.996    ; 10.0
			1.234    ; 1.23
			0.9996   ; 1.00
			0.1234   ; 0.123
			0.00412  ; 0.0041
			0        ; 0
			""")
	void writesFewDigits(double value, String written) {
		assertThat(Figures.number(value)).isEqualTo(written);
	}

	@Test
	void writesARangeOfOneNumberAsThatNumber() {
		assertThat(Figures.range(71_000.2, 76_500)).isEqualTo("71,000–76,500");
		assertThat(Figures.range(2, 2.001)).isEqualTo("2.00");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			10000 ; 10,000
			10    ; 10
			0.1   ; 0.1
			0     ; 0
			""")
	void writesRoundNumbersShortly(double value, String written) {
		assertThat(Figures.tick(value)).isEqualTo(written);
	}

	@Test
	void neverRoundsARatioUp() {
		assertThat(Figures.ratio(0.8999)).isEqualTo("0.89");
		assertThat(Figures.ratio(29.99)).isEqualTo("29.9");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			1300000 ; 1.3 M
			999700  ; 1.0 M
			123456  ; 123 k
			76543   ; 76.5 k
			1874    ; 1,874
			0.71    ; 0.710
			""")
	void writesBrieflyOverABar(double value, String written) {
		assertThat(Figures.brief(value)).isEqualTo(written);
	}

	@Test
	void writesAlikeInEveryCountry() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.GERMANY);
		try {
			assertThat(Figures.number(76_543.2)).isEqualTo("76,543");
			assertThat(Figures.ratio(0.93)).isEqualTo("0.93");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}

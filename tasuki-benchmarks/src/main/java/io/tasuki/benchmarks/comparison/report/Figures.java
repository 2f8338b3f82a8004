package io.tasuki.benchmarks.comparison.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * How numbers are written: with no more digits than three repetitions can mean, the same
 * in every country.
 */
final class Figures {

	private Figures() {
	}

	/**
	 * Returns a number with thousands separators, and with decimals only where it is
	 * small.
	 */
	static String number(double value) {
		if (value == 0) {
			return "0";
		}
		double size = Math.abs(value);
		// Limits at which rounding arrives at one more digit before the point.
		String format = (size >= 99.95) ? "%,.0f"
				: (size >= 9.995) ? "%.1f" : (size >= 0.9995) ? "%.2f" : (size >= 0.09995) ? "%.3f" : "%.4f";
		return String.format(Locale.ROOT, format, value);
	}

	/**
	 * Returns the two ends of a range, or the one number if both are written alike.
	 */
	static String range(double min, double max) {
		String from = number(min);
		String to = number(max);
		return (from.equals(to)) ? from : from + "–" + to;
	}

	/**
	 * Returns a ratio. It is never rounded up, so that it does not look as if a bound
	 * were reached that is not.
	 */
	static String ratio(double value) {
		double factor = (value >= 10) ? 10 : 100;
		return String.format(Locale.ROOT, (value >= 10) ? "%,.1f" : "%.2f", Math.floor(value * factor) / factor);
	}

	/**
	 * Returns a part of one as percents.
	 */
	static String percent(double part) {
		return String.format(Locale.ROOT, "%.0f %%", part * 100);
	}

	/**
	 * Returns a round number without the zeros that would say how exact it is.
	 */
	static String tick(double value) {
		return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
	}

	/**
	 * Returns a number short enough to stand over a bar.
	 */
	static String brief(double value) {
		if (value >= 999_500) {
			return String.format(Locale.ROOT, "%.1f M", value / 1_000_000);
		}
		if (value >= 9_950) {
			return String.format(Locale.ROOT, (value >= 99_950) ? "%.0f k" : "%.1f k", value / 1_000);
		}
		return number(value);
	}

}

package io.tasuki.benchmarks.comparison.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One workload: the medians as bars, grouped by variant, with whiskers from the smallest
 * to the largest value. On a logarithmic scale where the bars lie far apart.
 *
 * <p>
 * The bars are polygons of an XY chart. The library's own bar chart knows only whiskers
 * as long upwards as downwards, and misplaces them on a logarithmic scale.
 */
final class PlotPanel {

	private static final Map<String, Color> COLORS = Map.of(Contestants.TASUKI, new Color(0x1f5fbf),
			Contestants.TASUKI_NO_ARCHIVE, new Color(0x79aef0), Contestants.BARE, new Color(0x9a9a9a),
			Contestants.BARE_ARCHIVE, new Color(0x6b6b6b), Contestants.DB_SCHEDULER, new Color(0xe69138),
			Contestants.JOBRUNR, new Color(0xa64d9e));

	private static final Color OTHER = new Color(0x4e9a5b);

	private static final double HALF_BAR = 0.42;

	private static final double HALF_CAP = 0.1;

	private static final int LABEL_WIDTH = 16;

	private final MeasurementTable table;

	private final PlotScale scale;

	private final Map<Measurement, Integer> places = new LinkedHashMap<>();

	private final XYChart chart;

	PlotPanel(MeasurementTable table) {
		this.table = table;
		this.scale = PlotScale.of(table.measurements());
		byVariant().values().forEach((group) -> {
			// One place is left free between groups.
			int first = this.places.values().stream().mapToInt((place) -> place + 2).max().orElse(0);
			group.forEach((measurement) -> this.places.put(measurement, first + group.indexOf(measurement)));
		});
		this.chart = new XYChartBuilder().width(900).height(440).title(title()).build();
	}

	private Map<String, List<Measurement>> byVariant() {
		return group(Measurement::variant);
	}

	private Map<String, List<Measurement>> group(Function<Measurement, String> word) {
		return this.table.measurements()
			.stream()
			.collect(Collectors.groupingBy(word, LinkedHashMap::new, Collectors.toList()));
	}

	private String title() {
		return "%s, %s%s".formatted(this.table.workload(), this.table.unit(),
				(this.scale.logarithmic()) ? " (logarithmic)" : "");
	}

	XYChart chart() {
		style(this.chart.getStyler());
		group(Measurement::contestant).forEach(this::bars);
		whiskers();
		byVariant().forEach(this::label);
		return this.chart;
	}

	private void style(XYStyler styler) {
		styler.setXAxisMin(-1.0);
		styler.setXAxisMax(this.places.values().stream().mapToInt((place) -> place + 1).max().orElse(1) * 1.0);
		styler.setXAxisTicksVisible(false);
		styler.setYAxisMin(this.scale.bottom());
		styler.setYAxisMax(this.scale.top());
		styler.setYAxisLogarithmic(this.scale.logarithmic());
		styler
			.setYAxisTickLabelsFormattingFunction((value) -> (value < this.scale.floor()) ? " " : Figures.tick(value));
		styler.setPlotGridVerticalLinesVisible(false);
		styler.setPlotContentSize(1);
		styler.setLegendPosition(LegendPosition.OutsideS);
		styler.setLegendLayout(LegendLayout.Horizontal);
		styler.setLegendBorderColor(Color.WHITE);
		styler.setChartBackgroundColor(Color.WHITE);
		styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
		styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
	}

	private void bars(String contestant, List<Measurement> measurements) {
		Path path = new Path();
		for (Measurement measurement : measurements) {
			int place = this.places.get(measurement);
			path.to(place - HALF_BAR, this.scale.floor());
			path.to(place - HALF_BAR, measurement.median());
			path.to(place + HALF_BAR, measurement.median());
			path.to(place + HALF_BAR, this.scale.floor());
			path.lift();
			this.chart.addAnnotation(new AnnotationText(Figures.brief(measurement.median()), place,
					this.scale.above(measurement.max(), 0.035), false));
		}
		XYSeries series = path.addTo(this.chart, contestant);
		series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
		series.setFillColor(COLORS.getOrDefault(contestant, OTHER));
		series.setLineColor(COLORS.getOrDefault(contestant, OTHER));
	}

	private void whiskers() {
		Path path = new Path();
		this.places.forEach((measurement, place) -> {
			path.to(place - HALF_CAP, measurement.min());
			path.to(place + HALF_CAP, measurement.min());
			path.to(place, measurement.min());
			path.to(place, measurement.max());
			path.to(place - HALF_CAP, measurement.max());
			path.to(place + HALF_CAP, measurement.max());
			path.lift();
		});
		XYSeries series = path.addTo(this.chart, "min–max");
		series.setShowInLegend(false);
		series.setLineColor(Color.BLACK);
		series.setLineStyle(new BasicStroke(1.2F));
	}

	private void label(String variant, List<Measurement> group) {
		double middle = group.stream().mapToInt(this.places::get).average().orElse(0);
		List<String> lines = wrap(variant);
		for (int line = 0; line < lines.size(); line++) {
			this.chart
				.addAnnotation(new AnnotationText(lines.get(line), middle, this.scale.at(-0.04 * (line + 1)), false));
		}
	}

	private static List<String> wrap(String text) {
		List<String> lines = new ArrayList<>();
		for (String word : text.split(" ")) {
			int last = lines.size() - 1;
			if (last >= 0 && lines.get(last).length() + word.length() < LABEL_WIDTH) {
				lines.set(last, lines.get(last) + " " + word);
			}
			else {
				lines.add(word);
			}
		}
		return lines;
	}

	/** Points of a series, with gaps. */
	private static final class Path {

		private final List<Double> x = new ArrayList<>();

		private final List<Double> y = new ArrayList<>();

		void to(double x, double y) {
			this.x.add(x);
			this.y.add(y);
		}

		void lift() {
			to(this.x.get(this.x.size() - 1), Double.NaN);
		}

		XYSeries addTo(XYChart chart, String name) {
			XYSeries series = chart.addSeries(name, this.x, this.y);
			series.setMarker(SeriesMarkers.NONE);
			return series;
		}

	}

}

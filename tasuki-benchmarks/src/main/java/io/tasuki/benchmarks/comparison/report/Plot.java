package io.tasuki.benchmarks.comparison.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/**
 * A picture of the medians: below each other a panel for each table of the report.
 */
record Plot(List<Measurement> measurements) {

	byte[] png() throws IOException {
		// Also where there is a screen, drawing needs none.
		System.setProperty("java.awt.headless", "true");
		List<XYChart> panels = new ArrayList<>();
		MeasurementTable.of(this.measurements).forEach((table) -> panels.add(new PlotPanel(table).chart()));
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		BitmapEncoder.saveBitmap(panels, panels.size(), 1, png, BitmapFormat.PNG);
		return png.toByteArray();
	}

}

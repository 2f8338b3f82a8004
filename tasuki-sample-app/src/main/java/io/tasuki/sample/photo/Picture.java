package io.tasuki.sample.photo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A decoded picture.
 *
 * @param image its pixels, perhaps fewer than the file has
 */
record Picture(BufferedImage image) {

	/** Most pixels of a file: a few kilobytes can claim to be gigabytes of picture. */
	static final long MAX_PIXELS = 40_000_000;

	private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp");

	/**
	 * Decodes a JPEG, PNG, GIF or BMP file.
	 * @throws UnreadablePictureException if it is none, is damaged or has too many pixels
	 */
	static Picture decode(byte[] file) throws UnreadablePictureException {
		try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			ImageReader reader = findReader(input);
			try {
				// Without metadata, whose compressed parts have no bounds.
				reader.setInput(input, true, true);
				return decode(reader);
			}
			finally {
				reader.dispose();
			}
		}
		catch (IOException | RuntimeException ex) {
			throw new UnreadablePictureException("The picture is damaged: " + ex.getMessage(), ex);
		}
	}

	private static ImageReader findReader(ImageInputStream input) throws IOException, UnreadablePictureException {
		Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
		while (readers.hasNext()) {
			ImageReader reader = readers.next();
			if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
				return reader;
			}
		}
		throw new UnreadablePictureException("This file is not a JPEG, PNG, GIF or BMP picture");
	}

	private static Picture decode(ImageReader reader) throws IOException, UnreadablePictureException {
		int width = reader.getWidth(0);
		int height = reader.getHeight(0);
		if ((long) width * height > MAX_PIXELS) {
			throw new UnreadablePictureException("The picture has %d × %d pixels, and more than %d million are refused"
				.formatted(width, height, MAX_PIXELS / 1_000_000));
		}
		ImageReadParam parameters = reader.getDefaultReadParam();
		int step = Math.max(1, Math.max(width, height) / (2 * ThumbnailSize.LARGE.longestEdge()));
		parameters.setSourceSubsampling(step, step, 0, 0);
		return new Picture(reader.read(0, parameters));
	}

	/**
	 * Returns this picture scaled down to the size, on white where it is transparent.
	 */
	Thumbnail scaleTo(ThumbnailSize size) {
		double scale = Math.min(1,
				(double) size.longestEdge() / Math.max(this.image.getWidth(), this.image.getHeight()));
		int width = Math.max(1, (int) Math.round(this.image.getWidth() * scale));
		int height = Math.max(1, (int) Math.round(this.image.getHeight() * scale));
		BufferedImage step = this.image;
		// In halves, since one large step would skip pixels.
		while (step.getWidth() > 2 * width && step.getHeight() > 2 * height) {
			step = draw(step, step.getWidth() / 2, step.getHeight() / 2);
		}
		return new Thumbnail(size, width, height, encode(draw(step, width, height)));
	}

	private static BufferedImage draw(BufferedImage source, int width, int height) {
		BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = target.createGraphics();
		try {
			graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
			graphics.drawImage(source, 0, 0, width, height, Color.WHITE, null);
			return target;
		}
		finally {
			graphics.dispose();
		}
	}

	private static byte[] encode(BufferedImage image) {
		try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
			ImageIO.write(image, "jpeg", bytes);
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not write a JPEG to memory", ex);
		}
	}

}

package io.tasuki.sample.photo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureTests {

	private static final int IHDR_DATA = 16;

	@ParameterizedTest
	@CsvSource({ "SMALL, 160, 107", "MEDIUM, 480, 320", "LARGE, 1200, 800" })
	void scalesToTheLongestEdge(ThumbnailSize size, int width, int height) throws Exception {
		Thumbnail thumbnail = Picture.decode(Files.readAllBytes(Path.of("sample.jpg"))).scaleTo(size);
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.jpeg()));
		assertThat(image.getWidth()).isEqualTo(thumbnail.width()).isEqualTo(width);
		assertThat(image.getHeight()).isEqualTo(thumbnail.height()).isEqualTo(height);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpeg", "png", "gif", "bmp" })
	void decodesEveryFormatItNames(String format) throws Exception {
		byte[] file = encode(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), format);
		assertThat(Picture.decode(file).image().getWidth()).isEqualTo(30);
	}

	@Test
	void neverEnlarges() throws Exception {
		Picture picture = Picture.decode(encode(new BufferedImage(1, 3, BufferedImage.TYPE_INT_RGB), "png"));
		assertThat(picture.scaleTo(ThumbnailSize.LARGE)).extracting(Thumbnail::width, Thumbnail::height)
			.containsExactly(1, 3);
	}

	@Test
	void keepsAPixelOfTheNarrowestPicture() throws Exception {
		Picture picture = Picture.decode(encode(new BufferedImage(2000, 1, BufferedImage.TYPE_INT_RGB), "png"));
		assertThat(picture.scaleTo(ThumbnailSize.SMALL)).extracting(Thumbnail::width, Thumbnail::height)
			.containsExactly(160, 1);
	}

	@Test
	void drawsTransparencyOnWhite() throws Exception {
		Picture picture = Picture.decode(encode(new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB), "png"));
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.scaleTo(ThumbnailSize.SMALL).jpeg()));
		assertThat(new Color(image.getRGB(80, 80))).isEqualTo(Color.WHITE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "not a picture", "\0\0\0\0\0\0\0\0", "%PDF-1.7", "<svg/>" })
	void refusesWhatIsNoPicture(String content) {
		assertThatExceptionOfType(UnreadablePictureException.class)
			.isThrownBy(() -> Picture.decode(content.getBytes(StandardCharsets.UTF_8)))
			.withMessage("This file is not a JPEG, PNG, GIF or BMP picture");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpeg", "png", "gif", "bmp" })
	void refusesADamagedPicture(String format) throws IOException {
		byte[] whole = encode(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB), format);
		assertThatExceptionOfType(UnreadablePictureException.class)
			.isThrownBy(() -> Picture.decode(Arrays.copyOf(whole, 25)))
			.withMessageStartingWith("The picture is damaged");
	}

	@Test
	void refusesMorePixelsThanItCouldHoldBeforeDecodingThem() throws IOException {
		byte[] bomb = claimSize(encode(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png"), 60_000);
		assertThatExceptionOfType(UnreadablePictureException.class).isThrownBy(() -> Picture.decode(bomb))
			.withMessage("The picture has 60000 × 60000 pixels, and more than 40 million are refused");
	}

	@Test
	void decodesNoMorePixelsThanItNeeds() throws Exception {
		Picture picture = Picture.decode(encode(new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_GRAY), "png"));
		assertThat(picture.image().getWidth()).isEqualTo(3000);
	}

	private static byte[] claimSize(byte[] png, int edge) {
		ByteBuffer buffer = ByteBuffer.wrap(png);
		buffer.putInt(IHDR_DATA, edge).putInt(IHDR_DATA + 4, edge);
		CRC32 checksum = new CRC32();
		checksum.update(png, IHDR_DATA - 4, 17);
		buffer.putInt(IHDR_DATA + 13, (int) checksum.getValue());
		return png;
	}

	private static byte[] encode(BufferedImage image, String format) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		assertThat(ImageIO.write(image, format, bytes)).isTrue();
		return bytes.toByteArray();
	}

}

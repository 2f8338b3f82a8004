package io.tasuki.sample.photo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.tasuki.sample.TestDatabase;
import io.tasuki.sample.photo.PhotoView.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.servlet.multipart.max-file-size=1MB")
class PhotosIntegrationTests implements TestDatabase {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private PhotoService service;

	@Autowired
	private ThumbnailMaker maker;

	@Autowired
	private JdbcClient jdbc;

	private RestClient http;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.http = RestClient.builder()
			.baseUrl("http://localhost:" + port)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	@Test
	void makesThreeThumbnailsOfAnUploadedPicture() {
		UUID id = upload(sample()).id();
		PhotoView photo = awaitState(id, State.DONE);
		assertThat(photo.name()).isEqualTo("sample.jpg");
		assertThat(photo.thumbnails()).hasSize(3).allSatisfy(this::isJpeg);
	}

	@Test
	void saysWhyAFileThatIsNoPictureHasNoThumbnails() {
		UUID id = upload(named("notes.jpg", "these are notes".getBytes(StandardCharsets.UTF_8))).id();
		PhotoView photo = awaitState(id, State.DEAD);
		assertThat(photo.note()).isEqualTo("This file is not a JPEG, PNG, GIF or BMP picture");
		assertThat(photo.thumbnails()).isEmpty();
	}

	@Test
	void listsTheNewestPhotoFirst() {
		UUID first = upload(sample()).id();
		UUID second = upload(sample()).id();
		PhotoView[] photos = this.http.get().uri("/photos").retrieve().body(PhotoView[].class);
		assertThat(photos).extracting(PhotoView::id).containsSubsequence(second, first);
	}

	@Test
	void saysHowToSendAFileWhenThereIsNone() {
		ResponseEntity<ProblemDetail> answer = this.http.post().uri("/photos").retrieve().toEntity(ProblemDetail.class);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody().getDetail()).contains("curl -F file=@");
	}

	@Test
	void refusesAFormWithoutFile() {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("other", "value");
		assertThat(post(form, ProblemDetail.class).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void refusesAnEmptyFile() {
		ResponseEntity<ProblemDetail> answer = post(form(named("empty.jpg", new byte[0])), ProblemDetail.class);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getBody().getDetail()).isEqualTo("The file is empty");
	}

	@Test
	void refusesAFileThatIsTooLarge() {
		ResponseEntity<ProblemDetail> answer = post(form(named("large.jpg", new byte[2_000_000])), ProblemDetail.class);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
		assertThat(answer.getBody().getDetail()).isEqualTo("The picture is larger than 1 MB");
	}

	@Test
	void answersNotFoundForAPhotoThatIsNotThere() {
		assertThat(this.http.get().uri("/photos/" + UUID.randomUUID()).retrieve().toBodilessEntity().getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void storesNoJobWhenThePhotoCannotBeStored() { // S19
		long before = countJobs();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.service.add("zero \0 byte", new byte[1]));
		assertThat(countJobs()).isEqualTo(before);
	}

	@Test
	void replacesTheThumbnailsWhenTheJobRunsAgain() throws Exception {
		UUID id = upload(sample()).id();
		awaitState(id, State.DONE);
		this.maker.makeThumbnails(new MakeThumbnails(id), new SilentJobContext());
		assertThat(find(id).thumbnails()).hasSize(3);
	}

	@Test
	void showsThePage() {
		String page = this.http.get().uri("/").accept(MediaType.TEXT_HTML).retrieve().body(String.class);
		assertThat(page).contains("<main id=\"gallery\">").doesNotContain("https://");
	}

	private void isJpeg(String address) {
		ResponseEntity<byte[]> thumbnail = this.http.get().uri(address).retrieve().toEntity(byte[].class);
		assertThat(thumbnail.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_JPEG);
		assertThat(thumbnail.getBody()).startsWith(0xff, 0xd8);
	}

	private PhotoView awaitState(UUID id, State state) {
		return await().atMost(TIMEOUT).until(() -> find(id), (photo) -> photo.state() == state);
	}

	private PhotoView find(UUID id) {
		return this.http.get().uri("/photos/" + id).retrieve().body(PhotoView.class);
	}

	private PhotoView upload(Resource file) {
		ResponseEntity<PhotoView> answer = post(form(file), PhotoView.class);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
		return answer.getBody();
	}

	private <T> ResponseEntity<T> post(MultiValueMap<String, Object> form, Class<T> type) {
		return this.http.post()
			.uri("/photos")
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(form)
			.retrieve()
			.toEntity(type);
	}

	private static MultiValueMap<String, Object> form(Resource file) {
		return new LinkedMultiValueMap<>(Map.of("file", List.of(file)));
	}

	private static Resource sample() {
		return new FileSystemResource(Path.of("sample.jpg"));
	}

	private static Resource named(String name, byte[] bytes) {
		return new ByteArrayResource(bytes) {

			@Override
			public String getFilename() {
				return name;
			}

		};
	}

	private long countJobs() {
		return this.jdbc.sql("""
				select (select count(*) from tasuki.job where kind = 'MakeThumbnails')
					+ (select count(*) from tasuki.job_archive where kind = 'MakeThumbnails')
					+ (select count(*) from tasuki.job_dead where kind = 'MakeThumbnails')
				""").query(Long.class).single();
	}

}

package io.tasuki.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EndpointIntegrationTests implements TestDatabase {

	private RestClient http;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.http = RestClient.create("http://localhost:%d/actuator/tasuki".formatted(port));
	}

	@Test
	void exposesTheEndpoint() { // B54
		assertThat(this.http.get().retrieve().body(String.class)).contains("\"running\":true");
		assertThat(this.http.get().uri("/jobs?state=DEAD").retrieve().body(String.class)).contains("\"jobs\":[");
	}

	@Test
	void letsOperatorsChangeThings() { // B54
		assertThat(post("/queues/nobodys/pause")).contains("\"paused\":true");
		assertThat(this.http.get().uri("/queues").retrieve().body(String.class)).contains("\"name\":\"nobodys\"");
		assertThat(post("/queues/nobodys/resume")).contains("\"paused\":false");
	}

	private String post(String path) {
		return this.http.post().uri(path).contentType(MediaType.APPLICATION_JSON).retrieve().body(String.class);
	}

}

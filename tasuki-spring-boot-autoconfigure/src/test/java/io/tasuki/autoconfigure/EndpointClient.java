package io.tasuki.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks the endpoint of an application over HTTP, as curl does. */
public final class EndpointClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	private final @Nullable String credentials;

	public EndpointClient(AssertableWebApplicationContext context) {
		this(context.getSourceApplicationContext(ServletWebServerApplicationContext.class).getWebServer().getPort(),
				null);
	}

	private EndpointClient(int port, @Nullable String credentials) {
		this.port = port;
		this.credentials = credentials;
	}

	/**
	 * Returns a client that logs in.
	 */
	public EndpointClient as(String user, String password) {
		return new EndpointClient(this.port,
				Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Reads what is at a path beneath the endpoint's own, which must be there.
	 */
	public JsonNode read(String path) {
		Answer answer = get(path);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
		return answer.body();
	}

	/**
	 * Reads what is at a path, or why it is not there.
	 */
	public Answer get(String path) {
		return send(request(path).GET());
	}

	/**
	 * Changes something, which must go well.
	 */
	public JsonNode write(String path, String json) {
		Answer answer = post(path, json);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
		return answer.body();
	}

	/**
	 * Changes something, or learns why not.
	 */
	public Answer post(String path, String json) {
		return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/actuator/tasuki%s".formatted(this.port, path)));
		return (this.credentials != null) ? request.header("Authorization", "Basic " + this.credentials) : request;
	}

	private Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What the endpoint answered.
	 *
	 * @param body the JSON; missing where there is none
	 */
	public record Answer(int status, JsonNode body) {

		/**
		 * Returns why nothing was done.
		 */
		public String error() {
			return this.body.path("error").asString("");
		}

	}

}

package io.tasuki.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PromptSocketFactoryTests {

	private ServerSocket server;

	private Socket socket;

	private Socket peer;

	@BeforeEach
	void connect() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.socket = new PromptSocketFactory().createSocket(this.server.getInetAddress(), this.server.getLocalPort());
		this.peer = this.server.accept();
	}

	@AfterEach
	void close() throws IOException {
		this.socket.close();
		this.peer.close();
		this.server.close();
	}

	@Test
	void saysAtOnceThatThereIsNothingToPeekAt() throws IOException {
		this.socket.setSoTimeout(1);
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.getInputStream().read(new byte[8], 0, 8))
			.withMessage("There is nothing to read now");
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.socket.getInputStream().read())
			.withMessage("There is nothing to read now");
	}

	@Test
	void peeksAtWhatIsThere() throws Exception {
		this.peer.getOutputStream().write('A');
		assertThat(this.socket.getInputStream().read()).isEqualTo('A');
		this.peer.getOutputStream().write(new byte[] { 'B', 'C' });
		this.socket.setSoTimeout(60_000);
		assertThat(this.socket.getInputStream().read()).isEqualTo('B');
		this.socket.setSoTimeout(1);
		assertThat(this.socket.getInputStream().read()).isEqualTo('C');
	}

	@Test
	void waitsWhereItIsToWait() throws Exception {
		this.socket.setSoTimeout(1);
		this.socket.setSoTimeout(60_000);
		CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
			try {
				return this.socket.getInputStream().read();
			}
			catch (IOException ex) {
				return -2;
			}
		});
		this.peer.getOutputStream().write('A');
		assertThat(read.get()).isEqualTo('A');
	}

	@Test
	void seesTheEndOfTheStream() throws Exception {
		this.peer.close();
		assertThat(this.socket.getInputStream().read()).isEqualTo(-1);
	}

}

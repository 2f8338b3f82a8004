package io.tasuki.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tasuki.localpostgres.Database;
import org.jspecify.annotations.Nullable;

/**
 * The network between a process and its server: a port on this machine whose connections
 * lead to the server, and which a test can disturb. While a direction is silent its bytes
 * wait, as they wait in a sender that has no acknowledgement; they arrive when it is
 * healed, if the connection still lives then.
 */
final class TcpProxy implements AutoCloseable {

	private static final int LARGEST_CHUNK = 1 << 18;

	private final ServerSocket entrance;

	private final int serverPort;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Lane toServer = new Lane();

	private final Lane toClients = new Lane();

	private volatile Duration delay = Duration.ZERO;

	private volatile @Nullable String lastWords;

	private volatile boolean refusing;

	/**
	 * Begins to forward.
	 * @param serverPort where the server listens on this machine
	 */
	TcpProxy(int serverPort) {
		try {
			this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.serverPort = serverPort;
		start("proxy", this::accept);
	}

	/**
	 * Begins to forward to the server of a database.
	 */
	static TcpProxy before(Database database) {
		return new TcpProxy(Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1")));
	}

	/**
	 * Returns the URL of a database whose connections lead through here.
	 */
	String jdbcUrl(Database database) {
		return database.jdbcUrl().replaceFirst("//.*:\\d+/", "//127.0.0.1:%d/".formatted(this.entrance.getLocalPort()));
	}

	/**
	 * Cuts every connection at once: both sides see a reset.
	 */
	void dropConnections() {
		this.sockets.forEach(this::reset);
	}

	/**
	 * Cuts whoever connects from now on.
	 */
	void refuseConnections() {
		this.refusing = true;
	}

	/**
	 * Lets bytes arrive this much later, in each direction.
	 */
	void delay(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Forwards nothing and closes nothing: neither side is told.
	 */
	void silence() {
		this.toServer.silence();
		silenceAnswers();
	}

	/**
	 * Forwards only what clients say.
	 */
	void silenceAnswers() {
		this.toClients.silence();
	}

	/**
	 * Forwards this text when a client sends it, and from then on only what clients say.
	 */
	void silenceAnswersAfter(String text) {
		this.lastWords = text;
	}

	/**
	 * Works again as it should.
	 */
	void heal() {
		this.refusing = false;
		this.delay = Duration.ZERO;
		this.lastWords = null;
		this.toServer.speak();
		this.toClients.speak();
	}

	private void accept() {
		while (!this.entrance.isClosed()) {
			try {
				connect(this.entrance.accept());
			}
			catch (IOException ex) {
				// Closed, or the server is away: whoever asked has been told.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		if (this.refusing) {
			reset(client);
			return;
		}
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
			this.sockets.add(server);
			start("proxy to server", () -> forward(client, server, this.toServer));
			start("proxy to client", () -> forward(server, client, this.toClients));
		}
		catch (IOException ex) {
			reset(client);
			throw ex;
		}
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void forward(Socket from, Socket to, Lane lane) {
		byte[] chunk = new byte[LARGEST_CHUNK];
		try {
			from.setTcpNoDelay(true);
			for (int length = from.getInputStream().read(chunk); length >= 0; length = from.getInputStream()
				.read(chunk)) {
				hear(chunk, length, lane);
				Thread.sleep(this.delay.toMillis());
				lane.awaitSpeech();
				to.getOutputStream().write(chunk, 0, length);
			}
		}
		catch (IOException | InterruptedException ex) {
			// One side is gone, and the other one is told below.
		}
		lane.awaitSpeech();
		close(from);
		close(to);
	}

	private void hear(byte[] chunk, int length, Lane lane) {
		String awaited = this.lastWords;
		if (awaited != null && lane == this.toServer
				&& new String(chunk, 0, length, StandardCharsets.ISO_8859_1).contains(awaited)) {
			this.toClients.silence();
		}
	}

	private void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// Closed before.
		}
		close(socket);
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.entrance.close();
		dropConnections();
		heal();
	}

	/** One direction of all connections. */
	private static final class Lane {

		private boolean silent;

		synchronized void silence() {
			this.silent = true;
		}

		synchronized void speak() {
			this.silent = false;
			notifyAll();
		}

		synchronized void awaitSpeech() {
			while (this.silent) {
				try {
					wait();
				}
				catch (InterruptedException ex) {
					return;
				}
			}
		}

	}

}

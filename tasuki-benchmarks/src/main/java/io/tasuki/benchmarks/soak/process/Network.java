package io.tasuki.benchmarks.soak.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way of one worker to its database: a TCP proxy that can be disturbed. Safe for use
 * by many threads.
 */
public final class Network implements AutoCloseable {

	private static final InetAddress HERE = InetAddress.getLoopbackAddress();

	private final int target;

	private final ServerSocket door;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private State state = State.OPEN;

	/**
	 * Opens a way.
	 * @param target the database's port on this machine
	 */
	Network(int target) {
		this.target = target;
		try {
			this.door = new ServerSocket(0, 50, HERE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept, "network " + this.door.getLocalPort());
	}

	private static void start(Runnable command, String name) {
		Thread thread = new Thread(command, name);
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.door.getLocalPort();
	}

	/**
	 * Disturbs the way until {@link #mend()}.
	 */
	public synchronized void disturb(State state) {
		this.state = state;
		if (state == State.CUT) {
			this.links.forEach(Link::close);
		}
		else if (state == State.HALF_OPEN) {
			this.links.forEach(Link::closeServerSide);
		}
	}

	/**
	 * Lets everything pass again. What lost its other end is closed.
	 */
	public synchronized void mend() {
		this.state = State.OPEN;
		this.links.stream().filter((link) -> link.halfOpen).forEach(Link::close);
		notifyAll();
	}

	private void accept() {
		while (!this.door.isClosed()) {
			try {
				connect(this.door.accept());
			}
			catch (IOException ex) {
				// The door is closed, or whoever knocked has left.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		if (state() == State.CUT) {
			client.close();
			return;
		}
		try {
			Link link = new Link(client, new Socket(HERE, this.target));
			this.links.add(link);
			start(() -> link.carry(link.client, link.server, true), "request");
			start(() -> link.carry(link.server, link.client, false), "reply");
		}
		catch (IOException ex) {
			client.close();
		}
	}

	private synchronized State state() {
		return this.state;
	}

	private synchronized void awaitPassage(boolean request) throws InterruptedException {
		while (this.state == State.STALLED || this.state == State.HALF_OPEN || (this.state == State.MUTE && !request)) {
			wait();
		}
	}

	@Override
	public synchronized void close() {
		try {
			this.door.close();
		}
		catch (IOException ex) {
			// It is closed, then.
		}
		this.links.forEach(Link::close);
		mend();
	}

	/** How well the way works. */
	public enum State {

		/** Everything passes. */
		OPEN,

		/** Nothing passes, and nobody is told. */
		STALLED,

		/** Requests pass and are carried out; answers do not come. */
		MUTE,

		/** The server has lost its clients, and they do not know. */
		HALF_OPEN,

		/** All connections are closed, new ones too. */
		CUT

	}

	/** One connection. */
	private final class Link {

		private final Socket client;

		private final Socket server;

		private volatile boolean halfOpen;

		Link(Socket client, Socket server) throws IOException {
			this.client = client;
			this.server = server;
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
		}

		void carry(Socket from, Socket to, boolean request) {
			byte[] buffer = new byte[16_384];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
					awaitPassage(request);
					out.write(buffer, 0, length);
				}
			}
			catch (IOException ex) {
				// One end is gone; so is the other, below.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (!this.halfOpen) {
				close();
			}
		}

		void closeServerSide() {
			this.halfOpen = true;
			close(this.server);
		}

		void close() {
			close(this.client);
			close(this.server);
			Network.this.links.remove(this);
		}

		private static void close(Socket socket) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// Nothing more can be done about it.
			}
		}

	}

}

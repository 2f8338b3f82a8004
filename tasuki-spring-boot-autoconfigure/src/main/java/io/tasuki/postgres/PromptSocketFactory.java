package io.tasuki.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Makes the sockets of a worker's own connections, for the driver, which finds it by its
 * name. The driver looks after each notification whether another follows, and has no
 * other means than to read with a timeout of one millisecond: every wake-up from another
 * instance would come that much later, two thirds of its way. These sockets say at once
 * that there is nothing to read.
 */
public final class PromptSocketFactory extends SocketFactory {

	private static final int PEEK_MILLIS = 1;

	/**
	 * Returns whether the driver can find this class: not where it has a class loader of
	 * its own.
	 */
	public static boolean isKnownToDriver() {
		try {
			Class.forName(PromptSocketFactory.class.getName(), false, Driver.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	@Override
	public Socket createSocket() {
		return new PromptSocket();
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port), null);
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port), null);
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
	}

	private static Socket connected(InetSocketAddress server, @Nullable InetSocketAddress local) throws IOException {
		Socket socket = new PromptSocket();
		try {
			if (local != null) {
				socket.bind(local);
			}
			socket.connect(server);
			return socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private static final class PromptSocket extends Socket {

		private volatile boolean peeking;

		@Override
		public void setSoTimeout(int timeout) throws SocketException {
			super.setSoTimeout(timeout);
			this.peeking = timeout == PEEK_MILLIS;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read() throws IOException {
					peek();
					return super.read();
				}

				@Override
				public int read(byte[] buffer, int offset, int length) throws IOException {
					peek();
					return super.read(buffer, offset, length);
				}

				private void peek() throws IOException {
					if (PromptSocket.this.peeking && available() == 0) {
						throw new SocketTimeoutException("There is nothing to read now");
					}
				}

			};
		}

	}

}

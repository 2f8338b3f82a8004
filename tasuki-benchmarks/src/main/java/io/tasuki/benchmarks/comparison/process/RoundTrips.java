package io.tasuki.benchmarks.comparison.process;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * Sockets that count how often a thread has to wait for an answer: each time it reads
 * after something was sent. Named in a JDBC URL, for a trial in which nothing is timed.
 */
public final class RoundTrips extends SocketFactory {

	private static final ThreadLocal<long[]> count = ThreadLocal.withInitial(() -> new long[1]);

	/**
	 * Returns how often this thread has waited so far.
	 */
	static long ofThisThread() {
		return count.get()[0];
	}

	/**
	 * Returns a JDBC URL whose connections count.
	 */
	public static String counted(String jdbcUrl) {
		return jdbcUrl + "?socketFactory=" + RoundTrips.class.getName();
	}

	@Override
	public Socket createSocket() {
		return new CountingSocket();
	}

	@Override
	public Socket createSocket(String host, int port) {
		throw new UnsupportedOperationException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		throw new UnsupportedOperationException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(InetAddress host, int port) {
		throw new UnsupportedOperationException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		throw new UnsupportedOperationException("The driver connects by itself");
	}

	private static final class CountingSocket extends Socket {

		private volatile boolean sent;

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					CountingSocket.this.sent = true;
					this.out.write(bytes, offset, length);
				}

			};
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					if (CountingSocket.this.sent) {
						CountingSocket.this.sent = false;
						count.get()[0]++;
					}
					return this.in.read(bytes, offset, length);
				}

			};
		}

	}

}

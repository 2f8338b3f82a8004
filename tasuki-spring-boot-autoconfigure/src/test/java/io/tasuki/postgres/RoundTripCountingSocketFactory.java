package io.tasuki.postgres;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.SocketFactory;

/**
 * Counts how often somebody waits for an answer: reads after a write, over all sockets.
 * Named to the driver by the parameter {@code socketFactory}.
 */
public final class RoundTripCountingSocketFactory extends SocketFactory {

	private static final AtomicInteger roundTrips = new AtomicInteger();

	static int roundTrips() {
		return roundTrips.get();
	}

	@Override
	public Socket createSocket() {
		return new CountingSocket();
	}

	@Override
	public Socket createSocket(String host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		throw new UnsupportedOperationException();
	}

	private static final class CountingSocket extends Socket {

		private boolean wrote;

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					CountingSocket.this.wrote = true;
					this.out.write(bytes, offset, length);
				}

			};
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					if (CountingSocket.this.wrote) {
						CountingSocket.this.wrote = false;
						roundTrips.incrementAndGet();
					}
					return super.read(bytes, offset, length);
				}

			};
		}

	}

}

package io.causeway.broker.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A socket that says what it is told, right or wrong, in hexadecimal. */
final class RawClient implements AutoCloseable {
    static final String CONNECT_311 = connect311("a");
    static final String CONNACK_311 = "20020000";
    /** Clean start, keep alive 60 s, client id "a". */
    static final String CONNECT_5 = "10 0e 0004 4d515454 05 02 003c 00 0001 61";

    static final String PINGREQ = "c000";
    static final String PINGRESP = "d000";

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient to(InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address, PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clean session, keep alive 60 s. */
    static String connect311(String clientId) {
        return "10 %02x 0004 4d515454 04 02 003c %04x %s"
                .formatted(
                        12 + clientId.length(),
                        clientId.length(),
                        HexFormat.of().formatHex(clientId.getBytes(StandardCharsets.US_ASCII)));
    }

    RawClient send(String hex) {
        try {
            socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for so many octets; fewer, if the server closes before. */
    String read(int octets) {
        try {
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(octets));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server keeps silent", e);
        } catch (IOException e) {
            return "reset";
        }
    }

    /** All that comes until the server closes. */
    String readToEnd() {
        StringBuilder all = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            int octet = in.read();
            while (octet >= 0) {
                all.append("%02x".formatted(octet));
                octet = in.read();
            }
            return all.toString();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server does not close, and has said " + all, e);
        } catch (IOException e) {
            return all + "reset";
        }
    }

    /** Whether the server still answers it. */
    boolean isServed() {
        return send(PINGREQ).read(2).equals(PINGRESP);
    }

    /** Closes with a reset, as a client does that crashes. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.causeway.bridge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * MQTT through a WebSocket (RFC 6455; MQTT 3.1.1 §6): what is written between two flushes leaves as one binary
 * message, what binary messages bring is read as one stream. One thread may read while another writes.
 */
final class WebSocket {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 §1.3
    private static final int MAX_HEAD_OCTETS = 8 * 1024;
    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0x0;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MASKED = 0x80;
    private static final int MAX_CONTROL_OCTETS = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final DataInputStream in;
    private final OutputStream out;
    private final SecureRandom random;

    private WebSocket(InputStream in, OutputStream out, SecureRandom random) {
        this.in = new DataInputStream(in);
        this.out = out;
        this.random = random;
    }

    /** Shakes hands over a stream that stands. */
    static WebSocket open(BrokerAddress address, InputStream in, OutputStream out) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        String request = "GET " + address.path() + " HTTP/1.1\r\n"
                + "Host: " + address.hostAndPort() + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        check(readHead(in), key);
        return new WebSocket(in, out, random);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            head.append((char) octet);
            if (head.length() > MAX_HEAD_OCTETS) {
                throw new IOException("no WebSocket: the answer to the upgrade has no end");
            }
        }
        return head.toString();
    }

    private static void check(String head, String key) throws IOException {
        List<String> lines = head.lines().toList();
        if (!lines.get(0).matches("HTTP/1\\.1 101\\b.*")) {
            throw new IOException("no WebSocket: the server answers '" + lines.get(0) + "'");
        }
        for (String line : lines) {
            String[] field = line.split(":", 2);
            if (field.length == 2
                    && field[0].equalsIgnoreCase("Sec-WebSocket-Accept")
                    && field[1].strip().equals(acceptOf(key))) {
                return;
            }
        }
        throw new IOException("no WebSocket: the server does not confirm the upgrade");
    }

    private static String acceptOf(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    InputStream input() {
        return new Input();
    }

    OutputStream output() {
        return new Output();
    }

    /** Masked, as everything that a client sends (RFC 6455 §5.3). */
    private void writeFrame(int opcode, byte[] payload) throws IOException {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(FINAL | opcode);
        if (payload.length < LENGTH_16) {
            frame.write(MASKED | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(MASKED | LENGTH_16);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(MASKED | LENGTH_64);
            frame.writeBytes(
                    ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        }
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        synchronized (out) { // the reader answers pings
            frame.writeTo(out);
            out.flush();
        }
    }

    /** The content of binary messages, one after the other. */
    private final class Input extends InputStream {
        private long leftOctets;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (leftOctets == 0) {
                if (!readHeader()) {
                    return -1;
                }
            }
            int read = in.read(into, offset, (int) Math.min(length, leftOctets));
            leftOctets -= Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(leftOctets, in.available());
        }

        /** Comes to the content of the next message; false at the end. */
        private boolean readHeader() throws IOException {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            int second = in.readUnsignedByte();
            if ((second & MASKED) != 0) {
                throw new IOException("WebSocket: a masked frame from the server");
            }
            long length = switch (second) {
                case LENGTH_16 -> in.readUnsignedShort();
                case LENGTH_64 -> in.readLong();
                default -> second;
            };
            switch (first & ~FINAL) {
                case CONTINUATION, BINARY -> leftOctets = length;
                case PING -> writeFrame(PONG, readControl(length));
                case PONG -> readControl(length);
                case CLOSE -> {
                    return false;
                }
                default -> throw new IOException("WebSocket: an unknown frame 0x" + Integer.toHexString(first));
            }
            return true;
        }

        private byte[] readControl(long length) throws IOException {
            if (length > MAX_CONTROL_OCTETS) {
                throw new IOException("WebSocket: a control frame of " + length + " octets");
            }
            return in.readNBytes((int) length);
        }
    }

    /** Gathers one message up to the flush. */
    private final class Output extends OutputStream {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            message.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            message.write(octets, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (message.size() > 0) {
                byte[] payload = message.toByteArray();
                message.reset();
                writeFrame(BINARY, payload);
            }
        }
    }
}

package io.causeway.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Frames are written as RFC 6455 §5.2 has them, one field per string. */
class WebSocketTest {
    private static final BrokerAddress ADDRESS = BrokerAddress.of(URI.create("ws://broker:8080/path"));

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static byte[] hex(String... fields) {
        return HexFormat.of().parseHex(String.join("", fields));
    }

    /** Opens one whose server confirms the upgrade and then sends the frames. */
    private WebSocket open(byte[] frames) throws IOException {
        WebSocket opened = WebSocket.open(ADDRESS, new Server("HTTP/1.1 101 Switching Protocols", frames), sent);
        sent.reset();
        return opened;
    }

    /** Answers the request that it finds in what was sent. */
    private final class Server extends InputStream {
        private final String statusLine;
        private final byte[] frames;
        private @Nullable InputStream answer;

        private Server(String statusLine, byte[] frames) {
            this.statusLine = statusLine;
            this.frames = frames;
        }

        @Override
        public int read() throws IOException {
            return begun().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return begun().read(into, offset, length);
        }

        private InputStream begun() {
            InputStream begun = answer;
            if (begun == null) {
                begun = answer();
                answer = begun;
            }
            return begun;
        }

        private InputStream answer() {
            String key = sent.toString(StandardCharsets.US_ASCII).replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
            String head = statusLine + "\r\nUpgrade: websocket\r\nsec-websocket-accept:" + acceptOf(key) + "\r\n\r\n";
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            whole.writeBytes(frames);
            return new ByteArrayInputStream(whole.toByteArray());
        }
    }

    private static String acceptOf(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the mask off one frame of a client. */
    private static byte[] unmasked(byte[] frame, int headerOctets) {
        byte[] payload = Arrays.copyOfRange(frame, headerOctets + 4, frame.length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= frame[headerOctets + i % 4];
        }
        return payload;
    }

    @Test
    void upgrade_asksForMqttAtThePath() throws IOException {
        WebSocket.open(ADDRESS, new Server("HTTP/1.1 101 Switching Protocols", new byte[0]), sent);
        assertThat(sent.toString(StandardCharsets.US_ASCII))
                .startsWith("GET /path HTTP/1.1\r\nHost: broker:8080\r\n")
                .contains("Sec-WebSocket-Protocol: mqtt\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void upgradeRefused_isSaidInWords() {
        assertThatThrownBy(() -> WebSocket.open(ADDRESS, new Server("HTTP/1.1 404 Not Found", new byte[0]), sent))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HTTP/1.1 404 Not Found");
    }

    @Test
    void binaryMessages_areReadAsOneStream() throws IOException {
        byte[] frames = hex(
                "82",
                "02",
                "0102", // whole
                "02",
                "01",
                "03", // a first part
                "89",
                "01",
                "aa", // a ping between the parts
                "80",
                "01",
                "04", // the last part
                "82",
                "7e",
                "0003",
                "050607", // 16-bit length
                "82",
                "7f",
                "0000000000000001",
                "08", // 64-bit length
                "88",
                "00"); // close
        WebSocket webSocket = open(frames);
        assertThat(webSocket.input().readAllBytes()).isEqualTo(hex("0102030405060708"));

        byte[] pong = sent.toByteArray();
        assertThat(pong).startsWith(hex("8a", "81"));
        assertThat(unmasked(pong, 2)).isEqualTo(hex("aa"));
    }

    @ParameterizedTest
    @CsvSource({"1, 8281", "125, 82fd", "126, 82fe007e", "65535, 82feffff", "65536, 82ff0000000000010000"})
    void flushed_leavesAsOneMaskedMessage(int length, String header) throws IOException {
        OutputStream output = open(new byte[0]).output();
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 0x5A);
        output.write(payload[0]);
        output.write(payload, 1, length - 1);
        assertThat(sent.size()).isZero();

        output.flush();
        assertThat(sent.toByteArray()).startsWith(hex(header));
        assertThat(unmasked(sent.toByteArray(), header.length() / 2)).isEqualTo(payload);
        sent.reset();
        output.flush();
        assertThat(sent.size()).as("nothing new").isZero();
    }

    @Test
    void frameThatAClientMustNotGet_isAnErrorOfTheStream() throws IOException {
        InputStream masked = open(hex("82", "81", "00000000", "01")).input();
        assertThatThrownBy(masked::read).isInstanceOf(IOException.class).hasMessageContaining("masked");
        InputStream text = open(hex("81", "01", "61")).input();
        assertThatThrownBy(text::read).isInstanceOf(IOException.class).hasMessageContaining("unknown frame");
    }
}

package io.causeway.broker.listen;

import io.causeway.broker.session.BrokerCount;
import io.causeway.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** MQTT over WebSocket, with Java's own client. */
class WebSocketListenerTest {
    private final TestBroker broker = new TestBroker();
    private final MqttListener listener = broker.listen(ListenerScheme.WS);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Frames frames = new Frames();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    @Requirement({"MQTT-6.0.0-2", "MQTT-6.0.0-4"})
    void packetsAndFrames_haveNothingToDoWithEachOther() {
        WebSocket client = connect("mqtt");
        assertThat(client.getSubprotocol()).isEqualTo("mqtt");

        send(client, "10 0d 0004 4d51", true);
        send(client, "5454 04 02 003c 0001 61 c0", true);
        send(client, "00 c000", true);

        await().until(() -> frames.received().equals(RawClient.CONNACK_311 + RawClient.PINGRESP.repeat(2)));
        assertThat(frames.text).isFalse();
    }

    @Test
    void fragmentedFrame_isOneStreamOfOctets() {
        WebSocket client = connect("mqtt");

        send(client, "10 0d 0004 4d51", false);
        send(client, "5454 04", false);
        send(client, "02 003c 0001 61", true);

        await().until(() -> frames.received().equals(RawClient.CONNACK_311));
    }

    @Test
    void largeMessage_comesBackWhole() {
        WebSocket client = connect("mqtt");
        send(client, RawClient.CONNECT_311 + "82 06 0001 0001 74 00", true);
        String publish = "30 d00f 0001 74 " + "61".repeat(2_000 - 3);

        send(client, publish, true);
        send(client, RawClient.PINGREQ, true);

        await().until(() -> frames.received().contains("61".repeat(1_997)));
    }

    @Test
    void ping_isAnswered() {
        WebSocket client = connect("mqtt");

        client.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();

        await().until(() -> frames.pong);
    }

    @Test
    void close_isAnsweredWithClose() {
        WebSocket client = connect("mqtt");

        client.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

        await().until(() -> frames.closed);
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void disconnect_isAnsweredWithClose() {
        WebSocket client = connect("mqtt");

        send(client, RawClient.CONNECT_311 + "e000", true);

        await().until(() -> frames.closed);
        await().until(() -> listener.connections() == 0);
    }

    @Test
    @Requirement("MQTT-6.0.0-1")
    void textFrame_closesTheConnection() {
        WebSocket client = connect("mqtt");
        send(client, RawClient.CONNECT_311, true);

        client.sendText("hello", true).join();

        await().until(() -> listener.connections() == 0);
    }

    @Test
    void silenceAfterTheHandshake_isClosedInTime() {
        MqttListener hasty = broker.listen(new ListenerSettings(
                ListenerScheme.WS,
                TestBroker.anyPort(),
                null,
                "/mqtt",
                TestBroker.limits(10, 10, Duration.ofMillis(500))));
        http.newWebSocketBuilder()
                .subprotocols("mqtt")
                .buildAsync(uri(hasty, "/mqtt"), frames)
                .join();

        await().until(() -> hasty.connections() == 0);
    }

    @Test
    void silenceBeforeTheHandshake_isClosedInTime() {
        MqttListener hasty = broker.listen(new ListenerSettings(
                ListenerScheme.WS,
                TestBroker.anyPort(),
                null,
                "/mqtt",
                TestBroker.limits(10, 10, Duration.ofMillis(500))));

        try (RawClient client = RawClient.to(hasty.address())) {
            assertThat(client.send("474554202f").readToEnd()).isEmpty();
        }
    }

    @Test
    void strangerThatSendsALot_isClosedBeforeAllOfItIsKept() {
        WebSocket client = connect("mqtt");

        CompletableFuture<WebSocket> unused = client.sendBinary(ByteBuffer.allocate(1_000_000), true);

        await().until(() -> listener.connections() == 0);
        assertThat(broker.count(BrokerCount.MALFORMED)).as("looked at").isZero();
    }

    @Test
    void clientThatSendsALot_isServed() {
        WebSocket client = connect("mqtt");
        send(client, RawClient.CONNECT_311, true);
        await().until(() -> frames.received().equals(RawClient.CONNACK_311));

        for (int i = 0; i < 100; i++) {
            send(client, "30 8340 0001 74" + "61".repeat(8 * 1024), true);
        }
        send(client, RawClient.PINGREQ, true);

        await().until(() -> frames.received().equals(RawClient.CONNACK_311 + RawClient.PINGRESP));
    }

    @Test
    void otherSubprotocol_isRefused() {
        assertThatThrownBy(() -> connect("soap"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void otherRequests_areAnsweredInHttp() throws IOException, InterruptedException {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/mqttx").statusCode()).isEqualTo(404);
        HttpResponse<String> withoutUpgrade = get("/mqtt");
        assertThat(withoutUpgrade.statusCode()).isEqualTo(426);
        assertThat(withoutUpgrade.body()).contains("/mqtt", "subprotocol mqtt");
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/mqtt"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void whatIsNoHttp_isClosed() {
        try (RawClient client = RawClient.to(listener.address())) {
            assertThat(client.send(RawClient.CONNECT_311 + "0d0a0d0a").readToEnd())
                    .doesNotContain(RawClient.CONNACK_311);
        }
    }

    @Test
    void hugeHeader_isRefused() {
        try (RawClient client = RawClient.to(listener.address())) {
            String request = "474554202f6d71747420485454502f312e310d0a" + "783a20" + "61".repeat(20_000);
            assertThat(client.send(request).readToEnd()).doesNotContain(RawClient.CONNACK_311);
        }
        await().until(() -> listener.connections() == 0);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private WebSocket connect(String subprotocol) {
        return http.newWebSocketBuilder()
                .subprotocols(subprotocol)
                .buildAsync(uri(listener, "/mqtt"), frames)
                .join();
    }

    private static URI uri(MqttListener to, String path) {
        return URI.create("ws://127.0.0.1:" + to.address().getPort() + path);
    }

    private int port() {
        return listener.address().getPort();
    }

    private static void send(WebSocket client, String hex, boolean last) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        client.sendBinary(ByteBuffer.wrap(octets), last).join();
    }

    /** What the server sends. */
    private static final class Frames implements WebSocket.Listener {
        private final StringBuilder hex = new StringBuilder();
        private volatile boolean text;
        private volatile boolean closed;
        private volatile boolean pong;

        synchronized String received() {
            return hex.toString();
        }

        private synchronized void append(String more) {
            hex.append(more);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] octets = new byte[data.remaining()];
            data.get(octets);
            append(HexFormat.of().formatHex(octets));
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text = true;
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            pong = true;
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed = true;
        }
    }
}

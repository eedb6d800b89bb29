package io.causeway.broker.listen;

import io.causeway.broker.session.BrokerCount;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two thousand connections that say nothing, and somebody who has business. */
class ManyConnectionsTest {
    private static final int SILENT = 2_000;
    private static final int MAX_STRANGERS = 500;

    private final TestBroker broker = new TestBroker();
    private final List<SocketChannel> silent = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (SocketChannel each : silent) {
            each.close();
        }
        broker.close();
    }

    @Test
    void silentConnections_keepNobodyOut() throws IOException {
        MqttListener listener = broker.listen(TestBroker.limits(10_000, MAX_STRANGERS, Duration.ofSeconds(3)));
        try (RawClient neighbour = RawClient.to(listener.address()).send(RawClient.connect311("neighbour"))) {
            assertThat(neighbour.read(4)).isEqualTo(RawClient.CONNACK_311);

            for (int i = 0; i < SILENT; i++) {
                silent.add(SocketChannel.open(listener.address()));
            }

            try (RawClient late = RawClient.to(listener.address()).send(RawClient.connect311("late"))) {
                assertThat(late.read(4)).isEqualTo(RawClient.CONNACK_311);
                assertThat(late.isServed()).isTrue();
            }
            assertThat(neighbour.isServed()).isTrue();
            await("all but the neighbour are gone").until(() -> listener.connections() == 1);
            assertThat(broker.count(BrokerCount.CONNECTS_REFUSED_CONNECTIONS))
                    .isGreaterThanOrEqualTo(SILENT - MAX_STRANGERS);
            assertThat(neighbour.isServed()).isTrue();
        }
    }
}

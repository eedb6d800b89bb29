package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Thousands of clients on a few threads. */
class ManyClientsTest {
    private static final int CLIENTS = 2_000;

    @Test
    @Timeout(60)
    void twoThousandClientsOnTwoThreads_publishAndLeave() throws Exception {
        try (UdpResponder gateway = UdpResponder.start(ManyClientsTest::acknowledge);
                ClientLoop loop = ClientLoop.start(2)) {
            CompletableFuture<?>[] lives = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> live(loop, gateway, number).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);

            CompletableFuture.allOf(lives).get(50, TimeUnit.SECONDS);

            long published = gateway.received().stream()
                    .filter(Publish.class::isInstance)
                    .map(packet -> ((Publish) packet).data())
                    .distinct()
                    .count();
            assertThat(published).isEqualTo(CLIENTS);
        }
    }

    @Test
    void noThread_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ClientLoop.start(0));
    }

    private static CompletionStage<Done> live(ClientLoop loop, UdpResponder gateway, int number) {
        ClientSettings settings = ClientSettings.forClient("c" + number)
                .retry(Duration.ofMillis(500), 20)
                .build();
        Octets payload = Octets.utf8("21.5 of " + number);
        return loop.open(Endpoint.of(gateway.address()), settings, message -> {}, ConnectionListener.IGNORE)
                .thenCompose(client -> client.connect()
                        .thenCompose(
                                connected -> client.publish(new Topic.Predefined(1), payload, Qos.AT_LEAST_ONCE, false))
                        .thenCompose(published -> client.disconnect()));
    }

    private static List<Packet> acknowledge(Packet packet) {
        if (packet instanceof Connect) {
            return List.of(new ConnAck(ReturnCode.ACCEPTED));
        }
        if (packet instanceof Publish publish) {
            return List.of(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        }
        return packet instanceof Disconnect ? List.of(Disconnect.plain()) : List.of();
    }
}

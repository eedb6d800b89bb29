package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.harness.TestAddress;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.session.Count.DROPPED_EXPIRED;
import static io.causeway.session.Count.DROPPED_QUEUE_FULL;
import static io.causeway.session.Count.DROPPED_TOO_LARGE;
import static io.causeway.session.Count.SUBSCRIBES_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

/** What applications of MQTT can say that a sensor cannot be served with. */
class UndeliverableTest {
    private static final String CONNECT = "0a 04 00 01 0e10 74 65 73 74";
    private static final String SUBSCRIBE_AB = "07 12 00 0001 61 62";
    private static final String SLEEP = "04 18 0e10";
    private static final String AWAKEN = "06 16 74 65 73 74";

    private final TestGateway gateway = new TestGateway();
    private final TestPeer sleeper = gateway.peer(new TestAddress("sleeper", 1, 200));

    UndeliverableTest() {
        sleeper.sendHex(CONNECT);
        sleeper.sendHex(SUBSCRIBE_AB);
        sleeper.sendHex(SLEEP);
        sleeper.all();
    }

    @Test
    void messageThatExpiredWhileTheSensorSlept_isNotSent() {
        deliver("stale", new MessageProperties(-1, null, null, null, List.of(), 1, gateway.nowNanos()));
        deliver("lasting", new MessageProperties(-1, null, null, null, List.of(), 60, gateway.nowNanos()));
        deliver("fresh", MessageProperties.NONE);
        gateway.advance(Duration.ofSeconds(3));

        assertThat(wake()).containsExactly("lasting", "fresh");
        assertThat(gateway.count(DROPPED_EXPIRED)).isEqualTo(1);
    }

    @Test
    void messageTooLargeForTheLink_takesNoPlaceInTheQueue() {
        deliver("command", MessageProperties.NONE);
        deliver("x".repeat(200_000), MessageProperties.NONE);
        deliver("x".repeat(200_000), MessageProperties.NONE);
        deliver("x".repeat(194), MessageProperties.NONE);

        assertThat(wake()).containsExactly("command");
        assertThat(gateway.count(DROPPED_TOO_LARGE)).isEqualTo(3);
        assertThat(gateway.count(DROPPED_QUEUE_FULL)).isZero();
    }

    @Test
    void sharedSubscription_isRefused() {
        TestPeer sharing = gateway.peer(new TestAddress("sharing", 1, 200));
        sharing.sendHex("0a 04 04 01 0e10 73 68 61 72");
        sharing.all();
        sharing.sendHex("10 12 20 0001 24 73 68 61 72 65 2f 67 2f 61 62");

        assertThat(((SubAck) sharing.next()).returnCode()).isEqualTo(ReturnCode.NOT_SUPPORTED);
        assertThat(gateway.count(SUBSCRIBES_REFUSED)).isEqualTo(1);
    }

    private void deliver(String text, MessageProperties properties) {
        gateway.router()
                .route(new ApplicationMessage("ab", Octets.utf8(text), Qos.AT_LEAST_ONCE, false, properties), () -> {});
        gateway.settle();
    }

    private List<String> wake() {
        sleeper.sendHex(AWAKEN);
        List<String> received = new ArrayList<>();
        sleeper.all().stream()
                .filter(Publish.class::isInstance)
                .forEach(each -> received.add(((Publish) each).data().toUtf8()));
        return received;
    }
}

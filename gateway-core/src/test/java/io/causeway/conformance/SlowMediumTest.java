package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Publish;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** A client on a link with a T_retry of its own, and with a largest packet that is known better later: a radio. */
class SlowMediumTest {
    private final TestGateway gateway = new TestGateway();
    private final Radio radio = new Radio();
    private final TestPeer node = gateway.peer(radio);

    @Test
    @Requirement("G-RTX-07")
    void linkWithItsOwnRetryInterval_isGivenThatTimeToAnswer() {
        connectAndSubscribe();
        deliver("x");
        assertThat(node.next()).isInstanceOf(Publish.class);

        gateway.advance(Radio.RETRY.minusMillis(100));
        assertThat(node.heardNothing()).isTrue();

        gateway.advance(Duration.ofMillis(200));
        assertThat(((Publish) node.next()).dup()).isTrue();
    }

    @Test
    void limitThatIsKnownLater_counts() {
        connectAndSubscribe();
        radio.largestPacketOctets = 20;

        deliver("n".repeat(14));
        deliver("n".repeat(13));

        assertThat(((Publish) node.next()).data().length()).isEqualTo(13);
        assertThat(gateway.count(Count.DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    private void connectAndSubscribe() {
        node.sendHex("0a 04 04 01 0000 74 65 73 74");
        node.sendHex("08 12 20 0001 61 2f 62");
        node.all();
    }

    private void deliver(String payload) {
        gateway.router().route(new ApplicationMessage("a/b", Octets.utf8(payload), AT_LEAST_ONCE, false), () -> {});
        gateway.settle();
    }

    private static final class Radio implements NetworkIdentity {
        static final Duration RETRY = Duration.ofSeconds(45);
        private int largestPacketOctets = 84;

        @Override
        public Object admissionKey() {
            return this;
        }

        @Override
        public int largestPacketOctets() {
            return largestPacketOctets;
        }

        @Override
        public Duration retryInterval(Duration usual) {
            return RETRY;
        }
    }
}

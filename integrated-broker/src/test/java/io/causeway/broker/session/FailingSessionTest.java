package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.broker.session.TestClient.Version;
import io.causeway.routing.TopicFilter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An error of our own ends one session and nothing else. */
class FailingSessionTest {
    private final VirtualBroker broker = new VirtualBroker(BrokerSettings.DEFAULTS, 1, new Faulty());
    private final TestClient publisher = broker.connected("publisher");
    private final TestClient healthy = broker.connected("healthy");

    @Test
    void faultInAPacket_endsItsSession() {
        TestClient client = broker.connected("c");

        client.publish("fault/publish", "x", 1, 1);

        assertThat(client.received()).containsExactly("disconnect 0x83");
        assertThat(client.isClosed()).isTrue();
        assertThat(broker.census().connected()).isEqualTo(2);
        assertThat(broker.count(BrokerCount.SESSIONS_FAILED)).isEqualTo(1);
    }

    @Test
    void faultInADelivery_endsThatSessionAndTheOthersAreServed() {
        TestClient failing = broker.client("failing", Version.V4).resume();
        failing.subscribe("#", 1);
        healthy.subscribe("#", 1);
        failing.received();
        healthy.received();

        publisher.publish("fault/failing", "x", 1, 1);

        assertThat(healthy.received()).containsExactly("publish fault/failing x q1 #1");
        assertThat(publisher.received()).containsExactly("puback #1");
        assertThat(failing.isClosed()).isTrue();
        assertThat(broker.census().disconnected()).isZero();
    }

    /** Throws where topics ask for it. */
    private static final class Faulty implements Authorizer {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            if (topic.equals("fault/publish")) {
                throw new IllegalStateException("on purpose");
            }
            return true;
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return true;
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            if (topic.equals("fault/" + client.clientId())) {
                throw new IllegalStateException("on purpose");
            }
            return true;
        }
    }
}

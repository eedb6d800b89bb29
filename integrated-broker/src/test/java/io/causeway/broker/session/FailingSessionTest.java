package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.broker.session.TestClient.Version;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofSeconds;
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

    @Test
    void sessionThatCannotBeTakenUp_staysInTheStore_untilItsClientHasANewOne() {
        VirtualBroker durable = VirtualBroker.durable();
        durable.client("c").resume().subscribe("a", 1);
        damage(durable);
        List<KeptSession> before = durable.kept().sessions;

        durable.crash();
        durable.pass(ofSeconds(100));

        assertThat(durable.kept().sessions).isEqualTo(before);
        assertThat(durable.count(BrokerCount.SESSIONS_FAILED)).isEqualTo(1);
        assertThat(durable.census().disconnected()).isZero();
        durable.connected("p").publish("a", "for nobody");

        TestClient anew = durable.client("c").resume();
        anew.subscribe("b", 1);
        assertThat(anew.received()).containsExactly("connack 0", "suback #1 [1]");
        assertThat(durable.kept().sessions)
                .singleElement()
                .satisfies(session -> assertThat(session.subscriptions()).hasSize(1))
                .isNotEqualTo(before.get(0));
        durable.crash();
        assertThat(durable.client("c").resume().received()).containsExactly("connack 0 present");
    }

    @Test
    void sessionThatCannotBeTakenUp_isForgottenForOneOfAnotherProtocol() {
        VirtualBroker durable = VirtualBroker.durable();
        durable.client("c").resume();
        damage(durable);
        durable.crash();

        assertThat(durable.shard().yieldTo("c", durable.time.nowNanos())).isTrue();

        assertThat(durable.kept().sessions).isEmpty();
    }

    /** Two messages are on their way under one packet id, which cannot be. */
    private static void damage(VirtualBroker durable) {
        long session = durable.kept().sessions.get(0).values().id();
        ApplicationMessage message = new ApplicationMessage("a", Octets.utf8("x"), Qos.AT_LEAST_ONCE, false);
        Changes damage = durable.store().begin();
        damage.add(new Change.PutMessage(session, new StoredMessage(8, message, List.of(), 1, false)));
        damage.add(new Change.PutMessage(session, new StoredMessage(9, message, List.of(), 1, false)));
        damage.submit();
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

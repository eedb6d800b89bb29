package io.causeway.conformance;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that move, and addresses that come to belong to others: sessions are found by client id. */
class AddressTest {
    private final TestGateway gateway = new TestGateway();
    private final TestPeer oldPeer = gateway.peer("10.0.0.1", 1);
    private final TestPeer newPeer = gateway.peer("10.0.0.2", 2);
    private final Sensor before = new Sensor(oldPeer, "sensor");
    private final Sensor after = new Sensor(newPeer, "sensor");
    private final Sensor publisher = Sensor.connected(gateway, 3, "publisher");
    private final int topicOfPublisher = publisher.register("a/b");

    @Test
    @Requirement({"G-CONN-07", "G-NAT-01"})
    void connectFromAnotherAddress_takesTheSessionOver() {
        before.connect();
        before.subscribe("a/b", Qos.AT_LEAST_ONCE);

        after.connect();
        before.hears(Disconnect.plain());
        publisher.publish(topicOfPublisher, "to the new address");

        after.receives("to the new address");
        before.hearsNothing();
        assertThat(gateway.census().active()).as("with the publisher").isEqualTo(2);
        assertThat(gateway.count(Count.TAKEOVERS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-CONN-08")
    void oldAddress_isToldAtOnceAndWheneverItSends(boolean cleanSession) {
        before.connect();
        int topicId = before.register("a/b");

        newPeer.send(after.connectPacket(false, cleanSession));
        before.hears(Disconnect.plain());

        oldPeer.send(Sensor.publishPacket(topicId, 5, "from the old address"));
        before.hears(Disconnect.plain());
        assertThat(gateway.upstream().published()).isEmpty();
        after.hears(new ConnAck(ReturnCode.ACCEPTED));
        after.isConnected();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-CONN-07")
    void answerThatComesAfterATakeover_doesNotGoToTheOldAddress(boolean cleanSession) {
        before.connect();
        int topicId = before.register("c/d");
        gateway.upstream().hold();
        oldPeer.send(Sensor.publishPacket(topicId, 5, "slow"));
        newPeer.send(after.connectPacket(false, cleanSession));
        before.hears(Disconnect.plain());

        gateway.upstream().release();
        gateway.settle();

        before.hearsNothing();
    }

    @Test
    @Requirement("G-CONN-07")
    void messageInFlight_isRepeatedToTheNewAddressOnly() {
        before.connect();
        before.subscribe("a/b", Qos.AT_LEAST_ONCE);
        publisher.publish(topicOfPublisher, "in flight");
        int msgId = before.nextPublish().msgId();

        after.connect();
        before.hears(Disconnect.plain());

        Publish again = after.nextPublish();
        assertThat(again.dup()).isTrue();
        assertThat(again.msgId()).isEqualTo(msgId);
        gateway.advance(Duration.ofSeconds(10));
        before.hearsNothing();
        assertThat(newPeer.all()).hasSize(1);
    }

    @Test
    @Requirement({"G-CONN-07", "G-WILL-04"})
    void takeover_isNoLoss() {
        before.connectWithWill(false, "will/topic", "gone");

        after.connect();
        gateway.advance(Duration.ofSeconds(80));
        assertThat(gateway.upstream().published()).isEmpty();

        gateway.advance(Duration.ofSeconds(20));
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");
    }

    @Test
    @Requirement("G-CONN-07")
    void oldAddress_canGoOnAsAnotherClient() {
        before.connect();
        after.connect();
        before.hears(Disconnect.plain());

        Sensor another = new Sensor(oldPeer, "another");
        another.connect();

        another.isConnected();
        after.isConnected();
    }

    @Test
    @Requirement("G-CONN-07")
    void clientThatGoesBackAndForth_keepsItsSession() {
        before.connect();
        int topicId = before.subscribe("a/b", Qos.AT_LEAST_ONCE);
        after.connect();
        before.hears(Disconnect.plain());
        before.connect();
        after.hears(Disconnect.plain());

        before.publish(topicId, "mine");

        before.receives("mine");
        after.isUnknown();
    }

    @Test
    @Requirement({"G-CONN-09", "G-NAT-03"})
    void connectWithAnotherIdFromAKnownAddress_isAnotherClient() {
        before.connect();
        int topicId = before.subscribe("a/b", Qos.AT_LEAST_ONCE);

        Sensor another = new Sensor(oldPeer, "another");
        another.connect();
        publisher.publish(topicOfPublisher, "for the first");

        another.hearsNothing();
        oldPeer.send(Sensor.publishPacket(topicId, 5, "under an id of the first"));
        another.hears(new PubAck(topicId, 5, ReturnCode.INVALID_TOPIC_ID));
        assertThat(gateway.count(Count.ADDRESSES_REASSIGNED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-NAT-03")
    void clientWhoseAddressIsAnothersNow_findsItsSessionWhenItConnectsElsewhere() {
        before.connect();
        before.subscribe("a/b", Qos.AT_LEAST_ONCE);
        Sensor another = new Sensor(oldPeer, "another");
        another.connect();
        publisher.publish(topicOfPublisher, "for the first");

        after.connect();

        after.receives("for the first");
        another.isConnected();
    }

    @Test
    @Requirement("G-NAT-03")
    void clientWhoseAddressIsAnothersNow_isLostWhenItStaysAway() {
        before.connectWithWill(false, "will/topic", "gone");
        new Sensor(oldPeer, "another").connect();

        gateway.advance(Duration.ofSeconds(100));

        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("will/topic");
    }

    @Test
    @Requirement("G-NAT-03")
    void unsupervisedClientWhoseAddressIsAnothersNow_isLostAtOnce() {
        oldPeer.send(new Connect(false, true, 1, 0, "sensor"));
        oldPeer.all();

        new Sensor(oldPeer, "another").connect();

        assertThat(gateway.census().active()).as("another and the publisher").isEqualTo(2);
    }

    @Test
    @Requirement("G-NAT-03")
    void registerUnderWay_isNotAcknowledgedByTheNextClientAtThatAddress() {
        before.connect();
        before.subscribe("a/+", Qos.AT_LEAST_ONCE);
        publisher.publish(topicOfPublisher, "needs a REGISTER");
        Register register = (Register) oldPeer.next();
        Sensor another = new Sensor(oldPeer, "another");
        another.connect();

        oldPeer.send(new RegAck(register.topicId(), register.msgId(), ReturnCode.ACCEPTED));

        another.hearsNothing();
    }

    @Test
    @Requirement("G-NAT-02")
    void messageFromANewPortWithoutConnect_isRefusedAndNotAcknowledged() {
        before.connect();
        int topicId = before.register("a/b");

        newPeer.send(Sensor.publishPacket(topicId, 5, "lost if it were acknowledged"));

        after.hears(Disconnect.plain());
        assertThat(gateway.upstream().published()).isEmpty();
        before.isConnected();
    }

    @Test
    @Requirement("G-NAT-01")
    void clientOnANewPortWhileItsMessagesWait_getsThem() {
        before.connect();
        before.subscribe("a/b", Qos.EXACTLY_ONCE);
        before.disconnect();
        publisher.publish(topicOfPublisher, "one");
        publisher.publish(topicOfPublisher, "two");

        after.connect();

        after.receives("one");
        after.receives("two");
        before.hearsNothing();
    }

    @Test
    void pingWithIdOfAnActiveClientFromElsewhere_isThatOfAStranger() {
        before.connect();

        after.pingWithId();

        after.hears(Disconnect.plain());
        before.isConnected();
    }
}

package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.TopicFilter;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.MINUS_ONE;
import static org.assertj.core.api.Assertions.assertThat;

/** The broker goes away and comes back, as far as the sessions see it (1.2 §6.2, §6.6). */
class BrokerOutageTest {
    private final TestGateway gateway = new TestGateway();

    @Test
    @Requirement("G-BRK-01")
    void brokerThatComesBack_isUsedAgainByThoseWhoWereConnectedAndByNewOnes() {
        Device subscriber = Device.connected(gateway, "subscriber");
        int id = subscriber.subscribe("a/b", AT_LEAST_ONCE);
        gateway.upstream().setAvailable(false);
        gateway.advance(Duration.ofMinutes(10));
        gateway.upstream().setAvailable(true);

        subscriber.publish(id, AT_LEAST_ONCE, "own");
        assertThat(subscriber.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        subscriber.receives("own");
        Device newcomer = Device.connected(gateway, "newcomer");
        newcomer.publish(newcomer.register("a/b"), AT_LEAST_ONCE, "new");
        subscriber.receives("new");
    }

    @Test
    @Requirement("G-BRK-02")
    void connectWithoutABroker_isRefusedWithCongestion() {
        gateway.upstream().setAvailable(false);
        Device device = Device.at(gateway, "sensor");

        device.send(new Connect(false, true, Connect.PROTOCOL_ID, 60, "sensor"));

        assertThat(device.all()).containsExactly(new ConnAck(ReturnCode.CONGESTION));
        gateway.upstream().setAvailable(true);
        device.connect(true);
    }

    @Test
    @Requirement("G-BRK-03")
    void acknowledgement_isSentOnlyWhenTheBrokerHasTheMessage() {
        Device device = Device.connected(gateway, "sensor");
        int id = device.register("a/b");
        gateway.upstream().hold();

        Publish packet = device.publish(id, AT_LEAST_ONCE, "x");
        gateway.advance(Duration.ofMinutes(1));
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();
        assertThat(device.next()).isEqualTo(new PubAck(id, packet.msgId(), ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-BRK-03")
    void messageRefusedInAnOutage_isTakenWhenTheClientRepeatsIt() {
        Device device = Device.connected(gateway, "sensor");
        int id = device.register("a/b");
        gateway.upstream().setAvailable(false);
        Publish packet = device.publish(id, AT_LEAST_ONCE, "x");
        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.CONGESTION);
        gateway.upstream().setAvailable(true);

        device.send(new Publish(true, AT_LEAST_ONCE, false, TopicIdType.NORMAL, id, packet.msgId(), Octets.utf8("x")));

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        assertThat(gateway.upstream().published()).hasSize(1);
    }

    @Test
    @Requirement("G-BRK-04")
    void subscriptionThatTheBrokerDoesNotTakeAnyMore_endsTheConnection() {
        Device before = Device.persistent(gateway, "sensor");
        before.subscribe("a/b", AT_LEAST_ONCE);
        TestGateway restarted = gateway.successor();
        restarted.upstream().refuseSubscriptions();
        Device device = Device.at(restarted, "sensor");

        restarted.restore();

        assertThat(device.all()).containsExactly(Disconnect.plain());
        assertThat(restarted.count(Count.SUBSCRIPTIONS_LOST)).isEqualTo(1);
    }

    @Test
    @Requirement("G-BRK-04")
    void subscriptionLostAtTheBroker_endsTheConnection() {
        Device device = Device.connected(gateway, "sensor");
        device.subscribe("a/b", AT_LEAST_ONCE);
        Device other = Device.connected(gateway, "other");
        other.subscribe("c/d", AT_LEAST_ONCE);

        gateway.upstream().loseSubscription(new TopicFilter("a/b"));
        gateway.settle();

        assertThat(device.all()).containsExactly(Disconnect.plain());
        assertThat(other.heardNothing()).isTrue();
        assertThat(gateway.count(Count.SUBSCRIPTIONS_LOST)).isEqualTo(1);
    }

    @Test
    @Requirement("G-BRK-05")
    void persistentSession_survivesAnOutageWithItsSubscriptions() {
        Device device = Device.persistent(gateway, "sensor");
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.send(Disconnect.plain());
        device.next();
        gateway.upstream().setAvailable(false);
        gateway.advance(Duration.ofHours(1));
        gateway.upstream().setAvailable(true);

        publish("a/b", "x");
        device.connect(false);

        device.acknowledgesRegister("a/b");
        device.receives("x");
    }

    @Test
    @Requirement("G-BRK-06")
    void sleeper_survivesAnOutageWithItsMessages() {
        Device device = Device.persistent(gateway, "sensor");
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.send(new Disconnect(3_600));
        device.next();
        publish("a/b", "before");
        gateway.upstream().setAvailable(false);
        gateway.advance(Duration.ofMinutes(30));

        device.send(new PingReq("sensor"));
        device.receives("before");
        assertThat(device.next()).isEqualTo(new PingResp());
        gateway.upstream().setAvailable(true);
        publish("a/b", "after");

        device.send(new PingReq("sensor"));
        device.receives("after");
        assertThat(device.next()).isEqualTo(new PingResp());
    }

    @Test
    @Requirement("G-BRK-07")
    void qosMinusOne_isTakenAgainAfterAnOutage() {
        Device nobody = Device.at(gateway, "nobody");
        gateway.upstream().setAvailable(false);
        nobody.publish(TopicIdType.SHORT, 0x6162, MINUS_ONE, "lost");
        gateway.upstream().setAvailable(true);

        nobody.publish(TopicIdType.SHORT, 0x6162, MINUS_ONE, "x");

        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::payload)
                .containsExactly(Octets.utf8("x"));
    }

    @Test
    @Requirement("G-BRK-02")
    void subscribeRefusedInAnOutage_canBeRepeated() {
        Device device = Device.connected(gateway, "sensor");
        gateway.upstream().setAvailable(false);
        device.send(new Subscribe(false, AT_MOST_ONCE, 1, new Topic.Name("a/b")));
        assertThat(device.next(SubAck.class).returnCode()).isEqualTo(ReturnCode.CONGESTION);
        gateway.upstream().setAvailable(true);

        device.subscribe("a/b", AT_MOST_ONCE);

        publish("a/b", "x");
        device.receives("x");
    }

    @Test
    @Requirement({"G-BRK-04", "G-BRK-05"})
    void subscriptionsThatCannotBeTakenUpAfterARestart_standOnceTheBrokerIsThere() {
        Device before = Device.persistent(gateway, "sensor");
        before.subscribe("a/b", AT_LEAST_ONCE);
        TestGateway restarted = gateway.successor();
        restarted.upstream().setAvailable(false);
        Device device = Device.at(restarted, "sensor");
        restarted.restore();
        restarted.advance(Duration.ofMinutes(2));

        restarted.upstream().setAvailable(true);
        restarted.advance(Duration.ofMinutes(1));
        Device publisher = Device.connected(restarted, "publisher");
        publisher.publish(publisher.register("a/b"), AT_LEAST_ONCE, "x");

        device.receives("x");
        assertThat(device.heardNothing()).isTrue();
    }

    private void publish(String topic, String text) {
        Device publisher = Device.connected(gateway, "publisher");
        publisher.publish(publisher.register(topic), AT_LEAST_ONCE, text);
    }
}

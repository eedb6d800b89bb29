package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** UNSUBSCRIBE (1.2 §6.9). */
class UnsubscribeTest {
    private final TestGateway gateway = Gateways.withPredefinedTopics(Gateways.topic(7, "plant/state"));
    private final Device device = Device.persistent(gateway, "sensor");
    private final Device publisher = Device.connected(gateway, "publisher");

    @Test
    @Requirement({"G-UNSUB-01", "W-FMT-02"})
    void topicName_isAcknowledgedAndDeliveryEnds() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        publish("a/b", "x");
        device.receives("x");

        device.sendHex("08 14 00 1234 61 2f 62");

        assertThat(device.nextHex()).isEqualTo("04151234");
        publish("a/b", "y");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-UNSUB-01")
    void wildcard_isAcknowledgedAndDeliveryEnds() {
        device.subscribe("a/#", AT_LEAST_ONCE);

        device.unsubscribe(new Topic.Name("a/#"));

        publish("a/b", "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    void moreAtOnceThanMayBeOpen_areAnsweredWhenRepeated() {
        TestGateway narrow = Gateways.withInboundInFlight(2);
        Device hasty = Device.connected(narrow, "hasty");
        narrow.upstream().hold();
        for (int msgId = 1; msgId <= 3; msgId++) {
            hasty.send(new Unsubscribe(msgId, new Topic.Name("a/" + msgId)));
        }
        narrow.upstream().release();
        narrow.settle();
        assertThat(hasty.all()).containsExactly(new UnsubAck(1), new UnsubAck(2));

        hasty.send(new Unsubscribe(3, new Topic.Name("a/3")));
        assertThat(hasty.all()).containsExactly(new UnsubAck(3));
    }

    @Test
    @Requirement("G-UNSUB-01")
    void otherSubscriptions_stay() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.subscribe("a/c", AT_LEAST_ONCE);

        device.unsubscribe(new Topic.Name("a/b"));

        publish("a/c", "x");
        device.receives("x");
    }

    @Test
    @Requirement("G-UNSUB-01")
    void messagesThatStillWaited_areNotDeliveredAnyMore() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.subscribe("a/c", AT_LEAST_ONCE);
        device.send(new Disconnect(60));
        device.next();
        publish("a/b", "x");
        publish("a/c", "y");

        device.unsubscribe(new Topic.Name("a/b"));
        device.connect(false);

        device.acknowledgesRegister("a/c");
        device.receives("y");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement({"G-UNSUB-01", "G-SUB-11"})
    void whatAnotherSubscriptionStillOpenBrings_isDelivered() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        gateway.upstream().holdAnswers();
        device.send(new Subscribe(false, AT_LEAST_ONCE, 1, new Topic.Name("a/c")));
        gateway.router().route(new ApplicationMessage("a/c", Octets.utf8("x"), Qos.AT_LEAST_ONCE, false), () -> {});
        device.unsubscribe(new Topic.Name("a/b"));

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.next(SubAck.class).msgId()).isEqualTo(1);
        device.receives("x");
    }

    @Test
    @Requirement("G-UNSUB-02")
    void shortName_ends() {
        device.subscribe(new Topic.Short("ab"), AT_LEAST_ONCE);

        device.sendHex("07 14 02 0007 6162");

        assertThat(device.nextHex()).isEqualTo("04150007");
        publish("ab", "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-UNSUB-02")
    void predefinedId_ends() {
        device.subscribe(new Topic.Predefined(7), AT_LEAST_ONCE);

        device.sendHex("07 14 01 0007 0007");

        assertThat(device.nextHex()).isEqualTo("04150007");
        publish("plant/state", "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-UNSUB-03")
    void repeatedAndNeedless_areAcknowledged() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        Unsubscribe request = new Unsubscribe(5, new Topic.Name("a/b"));

        device.send(request);
        device.send(request);
        device.send(new Unsubscribe(6, new Topic.Name("never/subscribed")));

        assertThat(device.all()).containsExactly(new UnsubAck(5), new UnsubAck(5), new UnsubAck(6));
    }

    @Test
    @Requirement("G-UNSUB-03")
    void withoutABroker_isAcknowledgedAndDeliveryEnds() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        gateway.upstream().setAvailable(false);

        device.unsubscribe(new Topic.Name("a/b"));

        gateway.upstream().setAvailable(true);
        publish("a/b", "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-UNSUB-04")
    void unknownPredefinedId_isAcknowledged() {
        device.unsubscribe(new Topic.Predefined(99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07 14 00 0007 c328", // no UTF-8
                "05 14 00 0007", // empty
                "07 14 00 0007 612b", // a+
                "07 14 03 0007 6162" // the reserved type
            })
    @Requirement("G-UNSUB-03")
    void whatIsNoFilter_isAcknowledged(String hex) {
        device.sendHex(hex);

        assertThat(device.nextHex()).isEqualTo("04150007");
    }

    @Test
    @Requirement({"G-UNSUB-01", "W-FLAG-01"})
    void flagsThatUnsubscribeDoesNotUse_areIgnored() {
        device.subscribe("a/b", AT_LEAST_ONCE);

        device.sendHex("08 14 fc 0007 61 2f 62");

        assertThat(device.nextHex()).isEqualTo("04150007");
        publish("a/b", "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-UNSUB-05")
    void registeredId_staysUsable() {
        int id = device.register("a/b");
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.unsubscribe(new Topic.Name("a/b"));

        device.publish(id, AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
    }

    @Test
    @Requirement("G-UNSUB-01")
    void subscriptionStillOpenAtTheBroker_isWithdrawnToo() {
        gateway.upstream().hold();
        device.send(new Subscribe(false, AT_LEAST_ONCE, 1, new Topic.Name("a/b")));
        device.send(new Unsubscribe(2, new Topic.Name("a/b")));

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.next(SubAck.class).msgId()).isEqualTo(1);
        assertThat(device.next()).isEqualTo(new UnsubAck(2));
        publish("a/b", "x");
        gateway.advance(Duration.ofMinutes(1));
        assertThat(device.heardNothing()).isTrue();
    }

    private void publish(String topic, String text) {
        publisher.publish(publisher.register(topic), AT_LEAST_ONCE, text);
        publisher.all();
    }
}

package io.causeway.conformance;

import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.harness.TestGateway;
import io.causeway.testkit.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** SUBSCRIBE that cannot be accepted (1.2 §6.9). */
class SubscribeRefusedTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");
    private final Device publisher = Device.connected(gateway, "publisher");

    @Test
    @Requirement({"G-SUB-12", "G-BRK-02"})
    void withoutABroker_isRefusedWithCongestion() {
        gateway.upstream().setAvailable(false);

        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("a/b")));

        assertThat(device.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.CONGESTION));
    }

    @Test
    @Requirement("G-SUB-12")
    void refusedChangeOfQos_leavesTheSubscriptionAsItWas() {
        device.subscribe("a/b", AT_MOST_ONCE);
        gateway.upstream().setAvailable(false);
        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("a/b")));
        assertThat(device.next(SubAck.class).returnCode()).isEqualTo(ReturnCode.CONGESTION);
        gateway.upstream().setAvailable(true);

        publish("a/b", EXACTLY_ONCE, "x");

        assertThat(device.receives("x").qos()).isEqualTo(AT_MOST_ONCE);
    }

    @Test
    @Requirement({"G-SUB-12", "G-SUB-18"})
    void moreSubscriptionsThanOneClientMayHave_areRefusedWithCongestionAndTheOthersStay() {
        TestGateway bounded = Gateways.withSubscriptions(2);
        Device sensor = Device.connected(bounded, "sensor");
        sensor.subscribe("one", AT_MOST_ONCE);
        sensor.subscribe("two", AT_MOST_ONCE);

        sensor.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("three")));

        assertThat(sensor.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.CONGESTION));
        assertThat(sensor.subscribe(new Topic.Name("one"), AT_LEAST_ONCE).returnCode())
                .isEqualTo(ReturnCode.ACCEPTED);
    }

    @Test
    @Requirement("G-SUB-12")
    void moreOpenAtTheBrokerThanOneClientMayHave_areRefusedWithCongestion() {
        TestGateway bounded = Gateways.withInboundInFlight(2);
        Device eager = Device.connected(bounded, "eager");
        eager.subscribe("a/b", AT_MOST_ONCE);
        bounded.upstream().hold();
        for (int msgId = 11; msgId <= 13; msgId++) {
            eager.send(new Subscribe(false, AT_MOST_ONCE, msgId, new Topic.Name("a/b")));
        }

        assertThat(eager.all()).containsExactly(new SubAck(AT_MOST_ONCE, 0, 13, ReturnCode.CONGESTION));
    }

    @Test
    @Requirement("G-SUB-12")
    void moreTopicsThanOneClientMayHave_areRefusedWithCongestion() {
        Device sensor = Device.connected(Gateways.withTopicAliases(1), "sensor");
        sensor.register("one");

        sensor.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("two")));

        assertThat(sensor.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.CONGESTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07 12 20 0007 c328", // no UTF-8
                "08 12 20 0007 610062", // NUL
                "05 12 20 0007", // empty
                "0a 12 20 0007 612f2b2b2f", // a/++/
                "07 12 20 0007 612b", // a+
                "08 12 20 0007 232f61", // #/a
                "07 12 22 0007 6123", // a# as a short name
                "06 12 21 0007 01", // half a predefined id
                "08 12 21 0007 000100" // more than a predefined id
            })
    @Requirement("G-SUB-12")
    void whatIsNoFilter_isRefusedAndTheSessionGoesOn(String hex) {
        device.sendHex(hex);

        assertThat(device.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.NOT_SUPPORTED));
        device.send(new PingReq(""));
        assertThat(device.next()).isEqualTo(new PingResp());
    }

    @Test
    @Requirement({"G-SUB-12", "G-ROB-01"})
    void filterOfThousandsOfLevels_isRefusedAndNobodyIsHarmed() {
        String deep = "/".repeat(65_490);
        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name(deep)));
        assertThat(device.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.NOT_SUPPORTED));

        device.subscribe("+" + "/+".repeat(199), AT_LEAST_ONCE);
        publish("a" + "/a".repeat(199), AT_LEAST_ONCE, "x");

        device.acknowledgesRegister("a" + "/a".repeat(199));
        device.receives("x");
    }

    @Test
    @Requirement({"G-SUB-15", "W-TTYPE-02"})
    void reservedTopicIdType_isRefused() {
        device.sendHex("07 12 23 0007 6162");

        assertThat(device.nextHex()).isEqualTo("0813000000000703");
    }

    @Test
    @Requirement("G-SUB-17")
    void qosMinusOne_isRefused() {
        device.sendHex("07 12 60 0007 6162");

        assertThat(device.nextHex()).isEqualTo("0813000000000703");
        publish("ab", AT_MOST_ONCE, "x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-10")
    void unknownPredefinedId_isInvalid() {
        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Predefined(9)));

        assertThat(device.next()).isEqualTo(new SubAck(AT_MOST_ONCE, 0, 7, ReturnCode.INVALID_TOPIC_ID));
    }

    private void publish(String topic, Qos qos, String text) {
        Publish packet = publisher.publish(publisher.register(topic), qos, text);
        if (qos == AT_LEAST_ONCE) {
            publisher.next(PubAck.class);
        } else if (qos == EXACTLY_ONCE) {
            publisher.next(PubRec.class);
            publisher.send(new PubRel(packet.msgId()));
            publisher.next();
        }
    }
}

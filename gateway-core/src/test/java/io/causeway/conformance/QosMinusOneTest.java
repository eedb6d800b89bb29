package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestGateway.Options;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.MINUS_ONE;
import static org.assertj.core.api.Assertions.assertThat;

/** PUBLISH without a connection (1.2 §6.8). */
class QosMinusOneTest {
    private final TestGateway gateway = Gateways.withPredefinedTopics(
            Gateways.topic(1, "plant/state"),
            Gateways.topic(256, "plant/alarm"),
            Gateways.topic(2, "pump/state", "pump-*"),
            Gateways.topic(3, "plant/{client}"));
    private final Device nobody = Device.at(gateway, "nobody");

    @Test
    @Requirement("G-QM1-01")
    void shortName_goesUpAtQosZero() {
        nobody.sendHex("08 0c 62 6162 0000 78");

        assertThat(up()).containsExactly(new ApplicationMessage("ab", Octets.utf8("x"), Qos.AT_MOST_ONCE, false));
    }

    @Test
    @Requirement("G-QM1-01")
    void predefinedId_goesUpAtQosZero() {
        nobody.sendHex("08 0c 61 0001 0000 78");
        nobody.sendHex("08 0c 61 0100 0000 79");

        assertThat(up())
                .containsExactly(
                        new ApplicationMessage("plant/state", Octets.utf8("x"), Qos.AT_MOST_ONCE, false),
                        new ApplicationMessage("plant/alarm", Octets.utf8("y"), Qos.AT_MOST_ONCE, false));
    }

    @Test
    @Requirement("G-QM1-01")
    void sameAddress_maySendAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            nobody.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "x");
        }

        assertThat(up()).hasSize(10);
    }

    @Test
    @Requirement("G-QM1-01")
    void msgId_isNotLookedAt() {
        nobody.sendHex("08 0c 62 6162 1234 78");

        assertThat(up()).hasSize(1);
    }

    @Test
    @Requirement("G-QM1-01")
    void message_reachesSubscribers() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("plant/state", AT_LEAST_ONCE);

        nobody.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "x");

        assertThat(subscriber.receives("x").qos()).isEqualTo(AT_MOST_ONCE);
    }

    @Test
    @Requirement("G-QM1-02")
    void retain_isHonoured() {
        nobody.sendHex("08 0c 72 6162 0000 78");

        assertThat(up())
                .singleElement()
                .satisfies(message -> assertThat(message.retain()).isTrue());
        Device late = Device.connected(gateway, "late");
        late.subscribe("ab", AT_MOST_ONCE);
        assertThat(late.receives("x").retain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08 0c 60 0001 0000 78", // a normal topic id
                "08 0c 63 0001 0000 78", // the reserved type
                "08 0c 61 0009 0000 78", // nobody's predefined topic
                "08 0c 61 0002 0000 78", // a topic of certain clients
                "08 0c 61 0003 0000 78", // a topic that names the client
                "08 0c 61 0000 0000 78",
                "08 0c 62 612b 0000 78", // a wildcard
                "08 0c 62 2361 0000 78",
                "08 0c 62 6100 0000 78", // NUL
                "08 0c 62 c328 0000 78" // no UTF-8
            })
    @Requirement({"G-QM1-03", "G-QM1-04", "G-PUB-17"})
    void anythingElse_isNeitherPublishedNorAnswered(String hex) {
        nobody.sendHex(hex);

        assertThat(up()).isEmpty();
        assertThat(nobody.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-QM1-03")
    void registeredIdOfAConnectedClient_isNotAllowed() {
        Device device = Device.connected(gateway, "sensor");
        int id = device.register("a/b");

        device.publish(id, MINUS_ONE, "x");

        assertThat(up()).isEmpty();
    }

    @Test
    @Requirement("G-QM1-04")
    void noReplyIsSent_evenWithoutABroker() {
        nobody.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "x");
        gateway.upstream().setAvailable(false);
        nobody.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "y");

        assertThat(nobody.heardNothing()).isTrue();
        assertThat(gateway.count(Count.SESSIONLESS_REFUSED)).isEqualTo(1);
    }

    @Test
    @Requirement("G-QM1-05")
    void connectedClient_mayUseItAndItsSessionGoesOn() {
        Device device = Device.connected(gateway, "pump-1");
        int id = device.register("a/b");

        device.publish(TopicIdType.PREDEFINED, 1, MINUS_ONE, "x");
        device.publish(TopicIdType.PREDEFINED, 2, MINUS_ONE, "own");
        device.publish(TopicIdType.PREDEFINED, 3, MINUS_ONE, "named");

        assertThat(up())
                .extracting(ApplicationMessage::topic)
                .containsExactly("plant/state", "pump/state", "plant/pump-1");
        assertThat(device.heardNothing()).isTrue();
        device.publish(id, AT_LEAST_ONCE, "y");
        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
    }

    @Test
    void turnedOff_isDroppedAndCounted() {
        TestGateway closed = new TestGateway(Options.DEFAULTS.withQosMinusOne(false, false));

        Device.at(closed, "nobody").sendHex("08 0c 62 6162 0000 78");

        assertThat(closed.upstream().published()).isEmpty();
        assertThat(closed.count(Count.SESSIONLESS_DROPPED)).isEqualTo(1);
    }

    @Test
    void inlineName_isTakenWhereTheSettingSaysSo() {
        TestGateway lenient = new TestGateway(Options.DEFAULTS.withQosMinusOne(true, true));

        Device.at(lenient, "nobody").sendHex("0b 0c 60 0003 0000 61 2f 62 78");

        assertThat(lenient.upstream().published())
                .containsExactly(new ApplicationMessage("a/b", Octets.utf8("x"), Qos.AT_MOST_ONCE, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b 0c 60 0005 0000 61 2f 62 78", // longer than what follows
                "0b 0c 60 0000 0000 61 2f 62 78", // empty
                "0b 0c 60 0002 0000 61 23 62 78", // a wildcard
                "0b 0c 60 0002 0000 c3 28 62 78" // no UTF-8
            })
    void inlineNameThatIsNone_isDropped(String hex) {
        TestGateway lenient = new TestGateway(Options.DEFAULTS.withQosMinusOne(true, true));

        Device.at(lenient, "nobody").sendHex(hex);

        assertThat(lenient.upstream().published()).isEmpty();
        assertThat(lenient.count(Count.SESSIONLESS_DROPPED)).isEqualTo(1);
    }

    private List<ApplicationMessage> up() {
        return gateway.upstream().published();
    }
}

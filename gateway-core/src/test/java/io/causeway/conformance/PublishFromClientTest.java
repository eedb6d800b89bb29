package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** PUBLISH of clients at QoS 0 and 1, and what holds for all of them (1.2 §6.6, §6.7). */
class PublishFromClientTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");

    @Test
    @Requirement("G-PUB-01")
    void qosZero_goesUpWithoutAReply() {
        device.publish(device.register("a/b"), AT_MOST_ONCE, "x");

        assertThat(up()).containsExactly(message("a/b", "x", io.causeway.routing.Qos.AT_MOST_ONCE));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-PUB-01")
    void qosZeroWithAMsgId_goesUpWithoutAReply() {
        int id = device.register("a/b");

        device.sendHex("08 0c 00 %04x 1234 78".formatted(id));

        assertThat(up()).containsExactly(message("a/b", "x", io.causeway.routing.Qos.AT_MOST_ONCE));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement({"G-PUB-02", "W-FMT-02", "W-FMT-03"})
    void qosOne_goesUpWithQosOneAndIsAcknowledgedWithItsIds() {
        int id = device.register("a/b");

        device.sendHex("08 0c 20 %04x 1234 78".formatted(id));

        assertThat(up()).containsExactly(message("a/b", "x", io.causeway.routing.Qos.AT_LEAST_ONCE));
        assertThat(device.nextHex()).isEqualTo("070d%04x123400".formatted(id));
        assertThat(device.heardNothing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement("G-PUB-04")
    void data_isPassedUnchanged(Qos qos) {
        byte[] everyOctet = new byte[256];
        IntStream.range(0, everyOctet.length).forEach(value -> everyOctet[value] = (byte) value);
        int id = device.register("a/b");

        for (Octets data : List.of(Octets.of(everyOctet), Octets.ofHex("00"), Octets.EMPTY)) {
            device.send(new Publish(false, qos, false, TopicIdType.NORMAL, id, device.nextMsgId(), data));
        }

        assertThat(up())
                .extracting(ApplicationMessage::payload)
                .containsExactly(Octets.of(everyOctet), Octets.ofHex("00"), Octets.EMPTY);
    }

    @Test
    @Requirement("G-PUB-05")
    void retainFlag_isPassedUp() {
        retain(device.register("a/b"), "x");

        assertThat(up())
                .singleElement()
                .satisfies(message -> assertThat(message.retain()).isTrue());
    }

    @Test
    @Requirement({"G-PUB-05", "G-SUB-11"})
    void retainedMessage_reachesLaterSubscribersUntilAnEmptyOneDeletesIt() {
        int id = device.register("a/b");
        retain(id, "old");
        retain(id, "new");
        Device early = Device.connected(gateway, "early");
        early.subscribe("a/b", AT_MOST_ONCE);

        assertThat(early.receives("new").retain()).isTrue();

        retain(id, "");
        assertThat(early.receives("").retain()).isFalse();
        Device late = Device.connected(gateway, "late");
        late.subscribe("a/b", AT_MOST_ONCE);
        assertThat(late.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-PUB-06")
    void shortName_needsNoRegistration() {
        device.sendHex("08 0c 22 6162 0001 78");

        assertThat(up()).containsExactly(message("ab", "x", io.causeway.routing.Qos.AT_LEAST_ONCE));
        assertThat(device.nextHex()).isEqualTo("070d6162000100");
    }

    @Test
    @Requirement("G-PUB-06")
    void shortNameOfOneCharacterInTwoOctets_isThatTopic() {
        device.sendHex("08 0c 02 c3a9 0000 78");

        assertThat(up()).extracting(ApplicationMessage::topic).containsExactly("é");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 65_534})
    @Requirement("G-PUB-07")
    void predefinedId_needsNoRegistration(int alias) {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(alias, "plant/state"));
        Device sensor = Device.connected(predefining, "sensor");

        sensor.sendHex("08 0c 21 %04x 0001 78".formatted(alias));

        assertThat(predefining.upstream().published())
                .containsExactly(message("plant/state", "x", io.causeway.routing.Qos.AT_LEAST_ONCE));
        assertThat(sensor.nextHex()).isEqualTo("070d%04x000100".formatted(alias));
    }

    @Test
    @Requirement("G-PUB-07")
    void predefinedIdOfOtherClients_isUnknown() {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(7, "pump/state", "pump-*"));
        Device pump = Device.connected(predefining, "pump-1");
        Device sensor = Device.connected(predefining, "sensor");

        pump.publish(TopicIdType.PREDEFINED, 7, AT_LEAST_ONCE, "x");
        sensor.publish(TopicIdType.PREDEFINED, 7, AT_LEAST_ONCE, "y");

        assertThat(pump.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        assertThat(sensor.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.INVALID_TOPIC_ID);
        assertThat(predefining.upstream().published()).hasSize(1);
    }

    @Test
    @Requirement("G-PUB-07")
    void predefinedTopicAddedByAReload_isKnownToConnectedClients() {
        gateway.usePolicy(Gateways.policy(Gateways.topic(7, "plant/{client}/state")));

        device.publish(TopicIdType.PREDEFINED, 7, AT_MOST_ONCE, "x");

        assertThat(up()).extracting(ApplicationMessage::topic).containsExactly("plant/sensor/state");
    }

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement({"G-PUB-08", "W-TTYPE-01"})
    void unknownPredefinedId_isInvalid(Qos qos) {
        int registered = device.register("a/b");

        Publish packet = device.publish(TopicIdType.PREDEFINED, registered, qos, "x");

        assertThat(device.next()).isEqualTo(new PubAck(registered, packet.msgId(), ReturnCode.INVALID_TOPIC_ID));
        assertThat(up()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement("G-PUB-09")
    void unknownTopicId_isInvalidAtEveryQos(Qos qos) {
        device.register("a/b");
        for (int unknown : new int[] {0x0000, 2, 0x6162, 0xFFFF}) {
            Publish packet = device.publish(unknown, qos, "x");

            assertThat(device.next()).isEqualTo(new PubAck(unknown, packet.msgId(), ReturnCode.INVALID_TOPIC_ID));
        }
        assertThat(up()).isEmpty();
    }

    @Test
    @Requirement("G-PUB-09")
    void topicRegisteredAfterItWasInvalid_isTaken() {
        device.publish(1, AT_LEAST_ONCE, "x");
        device.next();

        device.publish(device.register("a/b"), AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2b2b", "6123", "232f", "2f2b", "0061", "6100", "0000", "ffff", "c328"})
    @Requirement("G-PUB-17")
    void shortNameThatIsNoTopicName_isRefused(String octets) {
        device.sendHex("08 0c 22 %s 0005 78".formatted(octets));

        assertThat(device.nextHex()).isEqualTo("070d%s000502".formatted(octets));
        assertThat(up()).isEmpty();
        assertThat(device.register("a/b")).isPositive();
    }

    @Test
    @Requirement("G-PUB-18")
    void msgIdZeroAtQosOne_isAnExchangeLikeAnyOther() {
        int id = device.register("a/b");

        device.sendHex("08 0c 20 %04x 0000 78".formatted(id));
        device.sendHex("08 0c 20 %04x 0000 79".formatted(id));

        assertThat(device.nextHex()).isEqualTo("070d%04x000000".formatted(id));
        assertThat(device.nextHex()).isEqualTo("070d%04x000000".formatted(id));
        assertThat(payloadsUp()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement({"G-PUB-19", "G-BRK-03"})
    void withoutABroker_everyQosIsRefusedWithCongestion(Qos qos) {
        int id = device.register("a/b");
        gateway.upstream().setAvailable(false);

        Publish packet = device.publish(id, qos, "x");

        assertThat(device.next()).isEqualTo(new PubAck(id, packet.msgId(), ReturnCode.CONGESTION));
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement({"W-FLAG-01", "G-PUB-02"})
    void flagsThatPublishDoesNotUse_areIgnored() {
        int id = device.register("a/b");

        device.sendHex("08 0c 2c %04x 0007 78".formatted(id));

        assertThat(device.nextHex()).isEqualTo("070d%04x000700".formatted(id));
    }

    @Test
    @Requirement("W-TTYPE-02")
    void reservedTopicIdType_isRefused() {
        device.sendHex("08 0c 23 0001 0007 78");

        assertThat(device.nextHex()).isEqualTo("070d0001000703");
        assertThat(up()).isEmpty();
    }

    private void retain(int id, String text) {
        device.send(new Publish(false, AT_MOST_ONCE, true, TopicIdType.NORMAL, id, 0, Octets.utf8(text)));
    }

    private List<ApplicationMessage> up() {
        return gateway.upstream().published();
    }

    private List<String> payloadsUp() {
        return up().stream().map(each -> each.payload().toUtf8()).toList();
    }

    private static ApplicationMessage message(String topic, String text, io.causeway.routing.Qos qos) {
        return new ApplicationMessage(topic, Octets.utf8(text), qos, false);
    }
}

package io.causeway.conformance;

import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** REGISTER of clients (1.2 §6.5). */
class RegistrationTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");

    @Test
    @Requirement({"G-REG-01", "W-FMT-02"})
    void topicName_getsAnIdUnderTheSameMsgId() {
        device.sendHex("0b 0a 0000 1234 61 2f 62 2f 63");

        assertThat(device.nextHex()).isEqualTo("070b0001123400");
    }

    @Test
    @Requirement("G-REG-01")
    void assignedId_publishesUnderTheName() {
        device.publish(device.register("a/b"), AT_MOST_ONCE, "x");

        assertThat(topicsUp()).containsExactly("a/b");
    }

    @Test
    @Requirement("G-REG-02")
    void repeatedRegister_getsTheSameIdAgain() {
        Register request = new Register(0, 7, "a/b");
        device.send(request);
        RegAck first = device.next(RegAck.class);

        device.send(request);

        assertThat(device.next()).isEqualTo(first);
    }

    @Test
    @Requirement("G-REG-02")
    void sameNameUnderAnotherMsgId_getsTheSameId() {
        assertThat(device.register("a/b")).isEqualTo(device.register("a/b"));
    }

    @Test
    @Requirement({"G-REG-03", "W-TID-01"})
    void thousandNames_getThousandIdsOutsideTheReservedOnes() {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(device.register("t/" + i));
        }

        assertThat(ids).hasSize(1_000).doesNotContain(0x0000, 0xFFFF);
    }

    @Test
    @Requirement({"G-REG-03", "G-REG-12"})
    void moreNamesThanOneClientMayHave_areRefusedWithCongestionAndTheOthersStay() {
        Device limited = Device.connected(Gateways.withTopicAliases(2), "sensor");
        int first = limited.register("one");
        limited.register("two");

        limited.send(new Register(0, 9, "three"));

        assertThat(limited.next()).isEqualTo(new RegAck(0, 9, ReturnCode.CONGESTION));
        assertThat(limited.register("one")).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "a/#", "a/+/b", "a+", "a#b", "#/a"})
    @Requirement({"G-REG-04", "G-REG-12"})
    void wildcard_isRefused(String name) {
        device.send(new Register(0, 5, name));

        assertThat(device.next()).isEqualTo(new RegAck(0, 5, ReturnCode.NOT_SUPPORTED));
    }

    @Test
    @Requirement("G-REG-05")
    void emptyName_isRefused() {
        device.sendHex("06 0a 0000 0005");

        assertThat(device.next()).isEqualTo(new RegAck(0, 5, ReturnCode.NOT_SUPPORTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {248, 249, 250, 255, 256, 1_000, 65_490})
    @Requirement("G-REG-06")
    void longName_works(int octets) {
        String name = "n".repeat(octets);

        device.publish(device.register(name), AT_MOST_ONCE, "x");

        assertThat(topicsUp()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"temp/é", "工場/温度", "/", "//", " a ", "a//b", "$x", "𐀀/𝄞", "\uFEFFa"})
    @Requirement("G-REG-07")
    void name_isPassedUnchanged(String name) {
        device.publish(device.register(name), AT_MOST_ONCE, "x");

        assertThat(topicsUp()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08 0a 0000 0005 c328", // a continuation octet is missing
                "09 0a 0000 0005 eda080", // half a surrogate pair
                "08 0a 0000 0005 c080", // NUL in two octets
                "09 0a 0000 0005 610062" // NUL
            })
    @Requirement("G-REG-08")
    void octetsThatAreNoText_areRefusedAndTheSessionGoesOn(String hex) {
        device.sendHex(hex);

        assertThat(device.next()).isEqualTo(new RegAck(0, 5, ReturnCode.NOT_SUPPORTED));
        assertThat(device.register("a")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0001, 0x1234, 0xFFFF})
    @Requirement("G-REG-09")
    void topicIdInTheRequest_isNotLookedAt(int topicId) {
        device.send(new Register(topicId, 5, "a/b"));

        RegAck answer = device.next(RegAck.class);
        assertThat(answer).isEqualTo(new RegAck(1, 5, ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-REG-09")
    void topicIdOfAnotherTopicInTheRequest_doesNotMoveThatOne() {
        int other = device.register("other");

        device.send(new Register(other, 5, "a/b"));

        assertThat(device.next(RegAck.class).topicId()).isNotEqualTo(other);
        device.publish(other, AT_MOST_ONCE, "x");
        assertThat(topicsUp()).containsExactly("other");
    }

    @Test
    @Requirement("G-REG-10")
    void nameOfTwoOctets_isANormalTopicToo() {
        device.publish(device.register("ab"), AT_LEAST_ONCE, "x");

        assertThat(topicsUp()).containsExactly("ab");
    }

    @Test
    @Requirement("G-REG-11")
    void nameOfAPredefinedTopic_canBeRegisteredAndBothIdsWork() {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(7, "plant/state"));
        Device sensor = Device.connected(predefining, "sensor");

        sensor.publish(sensor.register("plant/state"), AT_MOST_ONCE, "normal");
        sensor.publish(TopicIdType.PREDEFINED, 7, AT_MOST_ONCE, "predefined");

        assertThat(predefining.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("plant/state", "plant/state");
    }

    @Test
    @Requirement("G-REG-01")
    void msgIdZero_isAnsweredWithZero() {
        device.send(new Register(0, 0, "a/b"));

        assertThat(device.next()).isEqualTo(new RegAck(1, 0, ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-REG-04")
    void refusedName_leavesNoIdBehind() {
        device.send(new Register(0, 5, "a/#"));
        device.next();

        device.publish(1, AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.INVALID_TOPIC_ID);
    }

    private List<String> topicsUp() {
        return gateway.upstream().published().stream()
                .map(ApplicationMessage::topic)
                .toList();
    }
}

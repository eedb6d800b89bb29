package io.causeway.codec.v12;

import io.causeway.codec.Octets;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PacketTest {
    private static final ReturnCode OK = ReturnCode.ACCEPTED;
    private static final Topic TOPIC = new Topic.Predefined(1);

    static Stream<Arguments> numbers() {
        return Stream.of(
                number("ADVERTISE gwId", 0xFF, value -> new Advertise(value, 0)),
                number("ADVERTISE duration", 0xFFFF, value -> new Advertise(0, value)),
                number("SEARCHGW radius", 0xFF, SearchGw::new),
                number("GWINFO gwId", 0xFF, value -> new GwInfo(value, Octets.EMPTY)),
                number("CONNECT protocolId", 0xFF, value -> new Connect(false, false, value, 0, "a")),
                number("CONNECT duration", 0xFFFF, value -> new Connect(false, false, 1, value, "a")),
                number("REGISTER topicId", 0xFFFF, value -> new Register(value, 0, "a")),
                number("REGISTER msgId", 0xFFFF, value -> new Register(0, value, "a")),
                number("REGACK topicId", 0xFFFF, value -> new RegAck(value, 0, OK)),
                number("REGACK msgId", 0xFFFF, value -> new RegAck(0, value, OK)),
                number("PUBLISH topicId", 0xFFFF, value -> publish(value, 0)),
                number("PUBLISH msgId", 0xFFFF, value -> publish(0, value)),
                number("PUBACK topicId", 0xFFFF, value -> new PubAck(value, 0, OK)),
                number("PUBACK msgId", 0xFFFF, value -> new PubAck(0, value, OK)),
                number("PUBCOMP msgId", 0xFFFF, PubComp::new),
                number("PUBREC msgId", 0xFFFF, PubRec::new),
                number("PUBREL msgId", 0xFFFF, PubRel::new),
                number("SUBSCRIBE msgId", 0xFFFF, value -> new Subscribe(false, Qos.AT_MOST_ONCE, value, TOPIC)),
                number("SUBACK topicId", 0xFFFF, value -> new SubAck(Qos.AT_MOST_ONCE, value, 0, OK)),
                number("SUBACK msgId", 0xFFFF, value -> new SubAck(Qos.AT_MOST_ONCE, 0, value, OK)),
                number("UNSUBSCRIBE msgId", 0xFFFF, value -> new Unsubscribe(value, TOPIC)),
                number("UNSUBACK msgId", 0xFFFF, UnsubAck::new),
                number("predefined topicId", 0xFFFF, Topic.Predefined::new));
    }

    private static Arguments number(String what, int max, IntFunction<Object> constructor) {
        return Arguments.of(what, max, constructor);
    }

    private static Publish publish(int topicId, int msgId) {
        return new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, topicId, msgId, Octets.EMPTY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void numberOutOfItsRange_cannotBeBuilt(String what, int max, IntFunction<Object> constructor) {
        assertThat(constructor.apply(0)).isNotNull();
        assertThat(constructor.apply(max)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> constructor.apply(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> constructor.apply(max + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "\ud800", "\udfffx", "\ude00\ud83d"})
    void textThatUtf8CannotCarry_cannotBeBuilt(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Connect(false, false, 1, 0, text));
        assertThatIllegalArgumentException().isThrownBy(() -> new PingReq(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new Register(0, 0, text));
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic.Name(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopic(Qos.AT_MOST_ONCE, false, text));
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopicUpd(Qos.AT_MOST_ONCE, false, text));
    }

    @Test
    void emptyName_cannotBeBuilt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Register(0, 0, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic.Name(""));
    }

    @Test
    void flagsOfAnEmptyWillTopic_cannotBeBuilt() {
        assertThat(new WillTopic(Qos.AT_MOST_ONCE, false, "")).isEqualTo(WillTopic.empty());
        assertThat(new WillTopicUpd(Qos.AT_MOST_ONCE, false, "")).isEqualTo(WillTopicUpd.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopic(Qos.AT_LEAST_ONCE, false, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopic(Qos.AT_MOST_ONCE, true, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopicUpd(Qos.AT_LEAST_ONCE, false, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new WillTopicUpd(Qos.AT_MOST_ONCE, true, ""));
    }

    @Test
    void disconnect_hasADurationOrNone() {
        assertThat(Disconnect.plain().hasDuration()).isFalse();
        assertThat(new Disconnect(0).hasDuration()).isTrue();
        assertThat(new Disconnect(Disconnect.NO_DURATION)).isEqualTo(Disconnect.plain());
        assertThatIllegalArgumentException().isThrownBy(() -> new Disconnect(-2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Disconnect(0x10000));
    }

    @Test
    void qosOutsideItsTwoBits_isOurOwnBug() {
        assertThatIllegalArgumentException().isThrownBy(() -> Qos.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Qos.of(4));
    }
}

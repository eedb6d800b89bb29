package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.MalformedPacketException.UNKNOWN;
import static io.causeway.codec.MalformedPacketException.UNKNOWN_TOPIC_ID;
import static org.assertj.core.api.Assertions.assertThat;

class MalformedPacketTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "register without name,       060a 0005 0007,         0a, 7, 5",
        "regack with reserved code,   070b 0005 0007 04,      0b, 7, 5",
        "publish of reserved type,    070c 03 0005 0007,      0c, 7, 5",
        "puback with reserved code,   070d 0005 0007 ff,      0d, 7, 5",
        "puback without code,         060d 0005 0007,         0d, 7, 5",
        "puback cut within msg id,    050d 0005 00,           0d, -1, 5",
        "puback cut within topic id,  030d 00,                0d, -1, 0",
        "pubcomp with a tail,         050e 0007 00,           0e, 7, 0",
        "pubrec with a tail,          050f 0007 00,           0f, 7, 0",
        "pubrel with a tail,          0510 0007 00,           10, 7, 0",
        "subscribe without topic,     0512 00 0007,           12, 7, 0",
        "subscribe cut within msg id, 0412 00 00,             12, -1, 0",
        "suback with reserved code,   0813 00 0005 0007 09,   13, 7, 5",
        "unsubscribe without topic,   0514 00 0007,           14, 7, 0",
        "unsuback with a tail,        0515 0007 00,           15, 7, 0",
        "long form,                   01000812 00 0007 ff,    12, 7, 0",
        "connect cut short,           0504 00 01 00,          04, -1, 0",
        "will topic without name,     0307 00,                07, -1, 0",
        "nothing in an envelope,      03fe 00,                fe, -1, 0",
        "reserved type,               0403 0000,              03, -1, 0",
    })
    void malformedBody_tellsWhatCouldBeReadOfItsHeaderAndIds(
            String what, String hex, String messageType, int msgId, int topicId) {
        MalformedPacketException malformed = Wire.refuseLeniently(hex.replace(" ", ""));

        assertThat(malformed.messageType()).isEqualTo(Integer.parseInt(messageType, 16));
        assertThat(malformed.msgId()).isEqualTo(msgId);
        assertThat(malformed.topicId()).isEqualTo(topicId);
        assertThat(malformed).hasMessage(malformed.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "00", "0010", "0110", "010003", "01000310", "01000216", "0510", "05100007"})
    void contradictingLength_tellsNothing(String hex) {
        MalformedPacketException malformed = Wire.refuseLeniently(hex);

        assertThat(malformed.messageType()).isEqualTo(UNKNOWN);
        assertThat(malformed.msgId()).isEqualTo(UNKNOWN);
        assertThat(malformed.topicId()).isEqualTo(UNKNOWN_TOPIC_ID);
    }

    @Test
    void idsBehindLength_areNotTold() {
        assertThat(Wire.refuseStrictly("02", "10", "0007").msgId()).isEqualTo(UNKNOWN);
        assertThat(Wire.refuseStrictly("04", "10", "0007", "ff").msgId()).isEqualTo(7);
    }

    @Test
    void malformedPacket_costsNoStackTrace() {
        assertThat(Wire.refuseStrictly("ff").getStackTrace()).isEmpty();
    }
}

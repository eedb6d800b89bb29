package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicTest {

    @ParameterizedTest
    @CsvSource({"ab, 6162", "a#, 6123", "\u00e9, c3a9", "\u0080, c280", "\u07ff, dfbf"})
    @Requirement("W-TTYPE-01")
    void shortName_isTheTopicIdOfItsTwoOctets(String name, String hex) throws MalformedPacketException {
        int topicId = Integer.parseInt(hex, 16);

        assertThat(Topic.Short.toTopicId(name)).isEqualTo(topicId);
        assertThat(Topic.Short.toName(topicId)).contains(name);
        assertThat(new Topic.Short(name).topicId()).isEqualTo(topicId);
        assertThat(Wire.decodeStrictly("07", "12", "02", "0001", hex))
                .isEqualTo(new Subscribe(false, Qos.AT_MOST_ONCE, 1, new Topic.Short(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0061", "6100", "61c3", "c361", "80a9", "c0af", "c1bf", "e282", "ffff"})
    void twoOctetsThatAreNoText_areNoShortName(String hex) {
        assertThat(Topic.Short.toName(Integer.parseInt(hex, 16))).isEmpty();
        Wire.refuseStrictly("07", "12", "02", "0001", hex);
        Wire.refuseStrictly("07", "14", "02", "0001", hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "\u20ac", "a\u00e9", "a\0"})
    void nameOfOtherThanTwoOctets_isNoShortName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic.Short(name));
    }
}

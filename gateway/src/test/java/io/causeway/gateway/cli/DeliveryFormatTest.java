package io.causeway.gateway.cli;

import io.causeway.codec.Octets;
import io.causeway.gateway.cli.Messenger.Delivery;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeliveryFormatTest {
    private static final Delivery DELIVERY = new Delivery("plant/\u00e4", Octets.utf8("on"), 1, true);

    @ParameterizedTest
    @CsvSource({
        "%p, on",
        "%t %p, plant/\u00e4 on",
        "%t|%x|%l|%q|%r|100%%, plant/\u00e4|6f6e|2|1|1|100%",
        "%%p, %p",
        "nothing, nothing",
    })
    void fields_areFilledIn(String pattern, String line) {
        assertThat(new DeliveryFormat(pattern).line(DELIVERY))
                .isEqualTo((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void payload_isPrintedOctetByOctet() {
        Delivery binary = new Delivery("t", Octets.ofHex("00ff80"), 0, false);

        assertThat(new DeliveryFormat("%p").line(binary)).containsExactly(0x00, 0xff, 0x80, '\n');
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%z", "%t %", "%%%"})
    void unknownField_isRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryFormat(pattern))
                .withMessageContaining("%t, %p, %x");
    }
}

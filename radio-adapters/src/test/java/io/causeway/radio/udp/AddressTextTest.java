package io.causeway.radio.udp;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.7,     192.168.1.7:4711",
        "0.0.0.0,         0.0.0.0:4711",
        "::,              [::]:4711",
        "fd00:0:0:0::1,   [fd00::1]:4711",
        "169.254.1.1,     169.254.1.1:4711",
        "fe80::1,         [fe80::1%wpan0]:4711"
    })
    void address_isWrittenAsOperatorsDo(String address, String text) {
        assertThat(AddressText.of(new InetSocketAddress(address, 4711), "wpan0"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.7:4711", "[fd00::1]:65535", "[::1]:0"})
    void textOfAnAddress_isReadBack(String text) {
        assertThat(AddressText.parse(text))
                .hasValueSatisfying(
                        address -> assertThat(AddressText.of(address, "")).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4711",
                "sensor.example:4711",
                "::1:4711",
                "[192.168.1.7]:4711",
                "192.168.1.7:",
                "192.168.1.7:65536",
                "192.168.1.7:-1",
                "[fe80::1%nowhere]:4711"
            })
    void textThatIsNoAddressHere_isNone(String text) {
        assertThat(AddressText.parse(text)).isEmpty();
    }
}

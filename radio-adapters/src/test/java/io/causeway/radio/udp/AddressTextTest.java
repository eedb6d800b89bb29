package io.causeway.radio.udp;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}

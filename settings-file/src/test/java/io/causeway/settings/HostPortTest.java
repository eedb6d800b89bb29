package io.causeway.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:1883, 0.0.0.0, 1883",
        "localhost:0, localhost, 0",
        "gateway-1.example:65535, gateway-1.example, 65535",
        "[::]:1883, ::, 1883",
        "[2001:db8::1]:1883, 2001:db8::1, 1883",
        "[fe80::1%eth0]:1883, fe80::1%eth0, 1883",
    })
    void wellFormed_isParsedAndPrintedAgain(String text, String host, int port) {
        HostPort parsed = HostPort.parse(text);

        assertThat(parsed).isEqualTo(new HostPort(host, port));
        assertThat(parsed).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "localhost",
                "localhost:",
                ":1883",
                "localhost:x",
                "localhost:65536",
                "localhost:-1",
                "localhost:+1",
                "::1:1883",
                "[::1]",
                "[::1]:",
                "[::g]:1883",
                "[localhost]:1883",
                "a b:1883",
                "http://a:1883",
                "a_b:1883",
                "localhost:123456"
            })
    void malformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
    }

    @Test
    void ipv6WithoutBrackets_isToldToUseThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.parse("::1:1883"))
                .withMessageContaining("brackets");
    }

    @Test
    void literal_isResolvedAsItIs() {
        assertThat(HostPort.parse("127.0.0.1:1883").resolve().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(HostPort.parse("[::1]:1883").resolve().getAddress().isLoopbackAddress())
                .isTrue();
    }
}

package io.causeway.gateway.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ListenUriTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1883, mqtt://127.0.0.1:1883, true",
        "127.1.2.3:0, mqtt://127.1.2.3:0, true",
        "[::1]:1883, mqtt://[::1]:1883, true",
        "localhost:1883, mqtt://localhost:1883, true",
        "0.0.0.0:1883, mqtt://0.0.0.0:1883, false",
        "mqtt://broker.example:1/, mqtt://broker.example:1, false",
        "mqtts://[::]:8883, mqtts://[::]:8883, false",
        "ws://127.0.0.1:8080, ws://127.0.0.1:8080/mqtt, true",
        "wss://127.0.0.1:8080/, wss://127.0.0.1:8080/mqtt, true",
        "ws://10.0.0.1:8080/a/b, ws://10.0.0.1:8080/a/b, false",
    })
    void parsed_isWrittenInFull(String text, String full, boolean loopback) {
        ListenUri uri = ListenUri.parse(text);
        assertThat(uri).hasToString(full);
        assertThat(uri.isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1883", "localhost", "http://a:1", "mqtt://a", "mqtt://a:1/x", "ws://a/x", "::1:1883"})
    void somethingElse_isRefused(String text) {
        assertThatThrownBy(() -> ListenUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

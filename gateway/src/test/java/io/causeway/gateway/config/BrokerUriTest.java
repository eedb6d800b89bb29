package io.causeway.gateway.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerUriTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt://localhost, mqtt://localhost:1883, false",
        "mqtt://localhost/, mqtt://localhost:1883, false",
        "mqtt://10.0.0.1:1884, mqtt://10.0.0.1:1884, false",
        "mqtts://broker.example, mqtts://broker.example:8883, true",
        "mqtts://[2001:db8::1], mqtts://[2001:db8::1]:8883, true",
        "mqtts://[2001:db8::1]:443, mqtts://[2001:db8::1]:443, true",
        "ws://host/mqtt, ws://host:80/mqtt, false",
        "wss://host:8443/a/b, wss://host:8443/a/b, true",
        "wss://host, wss://host:443, true",
    })
    void wellFormed_isCompletedWithTheUsualPort(String text, String complete, boolean tls) {
        assertThat(BrokerUri.parse(text)).hasToString(complete);
        assertThat(BrokerUri.parse(text).usesTls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:1883",
                "tcp://localhost:1883",
                "mqtt:/localhost",
                "mqtt://",
                "mqtt://user:secret@localhost",
                "mqtt://localhost:0",
                "mqtt://localhost:",
                "mqtt://localhost/path",
                "mqtt://::1",
                "ws://:80/mqtt"
            })
    void malformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BrokerUri.parse(text));
    }
}

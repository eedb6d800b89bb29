package io.causeway.bridge;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AggregatingSettingsTest {
    @Test
    void formerClientIds_areThoseOfAnotherNumberOfConnections() {
        AggregatingSettings one = AggregatingSettings.of(URI.create("mqtt://broker"), "g");
        assertThat(one.formerClientIds()).hasSize(64).startsWith("g-1", "g-2").doesNotContain("g");
        assertThat(one.withConnections(2).formerClientIds()).hasSize(63).startsWith("g", "g-3");
    }

    private final AggregatingSettings settings = AggregatingSettings.of(URI.create("mqtt://broker"), "gateway");

    @ParameterizedTest
    @CsvSource({
        "mqtt://broker, broker, 1883, ''",
        "mqtts://broker, broker, 8883, ''",
        "MQTT://broker/, broker, 1883, ''",
        "ws://broker, broker, 80, /mqtt",
        "wss://broker/a?t=1, broker, 443, /a?t=1",
        "mqtt://broker:7, broker, 7, ''",
        "mqtt://[::1]:7, ::1, 7, ''"
    })
    void address_isReadWithTheDefaultsOfItsScheme(URI uri, String host, int port, String path) {
        BrokerAddress address = BrokerAddress.of(uri);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://broker, 'not mqtt, mqtts, ws or wss'",
        "broker, 'not mqtt, mqtts, ws or wss'",
        "mqtt:broker, no host",
        "mqtt://user:secret@broker, user and password do not belong",
        "mqtt://broker/path, a path",
        "mqtt://broker:0, port 0"
    })
    void addressThatNamesNoBroker_isRefusedInWords(URI uri, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AggregatingSettings.of(uri, "gateway"))
                .withMessageContaining(words)
                .withMessageNotContaining("secret");
    }

    @Test
    void address_isShownWithoutItsPath() {
        assertThat(BrokerAddress.of(URI.create("wss://[::1]/?token=secret"))).hasToString("wss://[::1]:443");
    }

    @Test
    void clientId_hasASuffixOnlyInAPool() {
        assertThat(settings.clientIdOf(0)).isEqualTo("gateway");
        assertThat(settings.withConnections(2).clientIdOf(1)).isEqualTo("gateway-2");
    }

    @Test
    void badValues_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withConnections(0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withConnections(65));
        assertThatIllegalArgumentException().isThrownBy(() -> AggregatingSettings.of(settings.broker(), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("", "password"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.DEFAULTS.withClientCertificate("client.crt", "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueSettings(0, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueSettings(1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueSettings(1, 1, 5_001, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueSettings(1, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> UpstreamTimings.DEFAULTS.withCompletion(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpstreamTimings.DEFAULTS.withReconnect(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "site/+/", "site/#", "si\0te/"})
    void prefixThatCannotStandBeforeATopic_isRefused(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withTopicPrefix(prefix));
    }

    @Test
    void secrets_areNotShown() {
        assertThat(settings.withCredentials(new Credentials("gateway", "secret"))
                        .withTls(TlsSettings.DEFAULTS.withClientCertificate("c", "k", "secret"))
                        .toString())
                .contains("user=gateway")
                .doesNotContain("secret");
    }
}

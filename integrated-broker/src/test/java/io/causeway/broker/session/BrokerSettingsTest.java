package io.causeway.broker.session;

import io.causeway.session.SessionSettings.QueueBound;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerSettingsTest {
    private static final QueueBound QUEUE = BrokerSettings.DEFAULTS.queue();

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1024, 0, 1, 0, 0, 1, 1",
        "1, 0, 1, 1024, 0, 1, 0, 0, 1, 1",
        "1, 65536, 1, 1024, 0, 1, 0, 0, 1, 1",
        "1, 1, 0, 1024, 0, 1, 0, 0, 1, 1",
        "1, 1, 65536, 1024, 0, 1, 0, 0, 1, 1",
        "1, 1, 1, 1023, 0, 1, 0, 0, 1, 1",
        "1, 1, 1, 1024, -1, 1, 0, 0, 1, 1",
        "1, 1, 1, 1024, 65536, 1, 0, 0, 1, 1",
        "1, 1, 1, 1024, 0, 0, 0, 0, 1, 1",
        "1, 1, 1, 1024, 0, 1, -1, 0, 1, 1",
        "1, 1, 1, 1024, 0, 1, 0, -1, 1, 1",
        "1, 1, 1, 1024, 0, 1, 0, 65536, 1, 1",
        "1, 1, 1, 1024, 0, 1, 0, 0, 0, 1",
        "1, 1, 1, 1024, 0, 1, 0, 0, 1, 0",
    })
    void valueOutOfRange_isRefused(
            int sessions,
            int inFlight,
            int receive,
            int packet,
            int aliases,
            int subscriptions,
            int expiry,
            int keepAlive,
            int retained,
            long octets) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BrokerSettings(
                        sessions,
                        QUEUE,
                        inFlight,
                        receive,
                        packet,
                        aliases,
                        subscriptions,
                        Duration.ofSeconds(expiry),
                        keepAlive,
                        retained,
                        octets));
    }

    @Test
    void smallestValues_areAllowed() {
        assertThat(new BrokerSettings(1, QUEUE, 1, 1, 1024, 0, 1, Duration.ZERO, 0, 1, 1))
                .isNotNull();
    }

    @Test
    void everyCount_hasHelp() {
        for (BrokerCount each : BrokerCount.values()) {
            assertThat(each.help()).isNotBlank();
        }
    }
}

package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublishSizeTest {
    @ParameterizedTest
    @CsvSource({
        "t, 0, AT_MOST_ONCE, 5",
        "t, 0, AT_LEAST_ONCE, 7",
        "é, 0, AT_MOST_ONCE, 6",
        "t, 124, AT_MOST_ONCE, 129",
        "t, 125, AT_MOST_ONCE, 131",
        "t, 16380, AT_MOST_ONCE, 16386",
        "t, 16381, AT_MOST_ONCE, 16388",
        "t, 2097148, AT_MOST_ONCE, 2097155",
        "t, 2097149, AT_MOST_ONCE, 2097157",
    })
    void octets_areThoseOfThePacketOnTheWire(String topic, int payloadOctets, Qos qos, int expected) {
        ApplicationMessage message = new ApplicationMessage(topic, Octets.of(new byte[payloadOctets]), qos, false);
        assertThat(PublishSize.octets(message)).isEqualTo(expected);
    }
}

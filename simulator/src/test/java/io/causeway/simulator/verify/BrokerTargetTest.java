package io.causeway.simulator.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerTargetTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "mqtt://localhost,            localhost,      1883, false, false",
        "mqtts://broker.example:8884, broker.example, 8884, true,  false",
        "mqtts://broker.example,      broker.example, 8883, true,  false",
        "ws://localhost/mqtt,         localhost,      80,   false, true",
        "wss://[::1]/a?b=c,           ::1,            443,  true,  true",
    })
    void scheme_saysHowToGetThere(URI uri, String host, int port, boolean isSecure, boolean isWebSocket) {
        BrokerTarget target = target(uri);

        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
        assertThat(target.isSecure()).isEqualTo(isSecure);
        assertThat(target.isWebSocket()).isEqualTo(isWebSocket);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost,     is no broker: mqtt, mqtts, ws or wss is expected",
        "localhost,            is no broker: mqtt, mqtts, ws or wss is expected",
        "mqtt:localhost,       there is no host",
        "mqtt://me:pw@host,    user and password do not belong into the address",
    })
    void noBroker_isRefusedWithWhatIsAllowed(URI uri, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> target(uri)).withMessageContaining(message);
    }

    @Test
    void text_hasNothingSecret() {
        assertThat(new BrokerTarget(URI.create("wss://host:1/mqtt?token=42"), "me", "pw", null))
                .hasToString("wss://host:1");
    }

    @Test
    void fileWithoutCertificates_isNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "nothing");
        Path none = directory.resolve("none.pem");

        for (Path caFile : new Path[] {file, none}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Authorities.trusting(caFile))
                    .withMessageContaining(caFile.toString());
        }
    }

    private static BrokerTarget target(URI uri) {
        return new BrokerTarget(uri, "", "", null);
    }
}

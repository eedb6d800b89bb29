package io.causeway.gateway.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code pub} and {@code sub} say when they cannot even begin. */
class PubSubUsageTest {
    private final Shell shell = new Shell();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pub -m x | Missing required argument",
                "pub -t a | Missing required argument",
                "pub -t a --short ab -m x | mutually exclusive",
                "pub -t a -m x -l | mutually exclusive",
                "pub -t a -m x -q 3 | '3' is no QoS",
                "pub --short abc -m x | two octets",
                "pub --predefined 65536 -m x | 65536",
                "pub --predefined seven -m x | 'seven' is no topic id",
                "pub -t a -m x -g 127.0.0.1:1883 | does not begin with",
                "pub -t a -m x -g udp://127.0.0.1 | has no port",
                "pub -t a -m x -k soon | 'soon' is no length of time",
                "sub | Missing required argument",
                "sub -t a -q -1 | '-1' is no QoS",
                "sub -t a -C 0 | '0' is no number of messages",
                "sub -t a -W 10 | '10' has no unit",
                "sub -t a --format %z | %t, %p, %x",
            })
    void wrongUsage_isExplained(String command, String reason) {
        assertThat(shell.execute(command.split(" ", -1))).isEqualTo(2);

        assertThat(shell.err()).contains(reason);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pub -g mqtt://127.0.0.1:1 -t a -m x | mqtt://127.0.0.1:1: Connection refused",
                "sub -g mqtt://127.0.0.1:1 -t a | mqtt://127.0.0.1:1: Connection refused",
                "pub -g mqtt://127.0.0.1:1 --short ab -m x -q -1 | QoS -1 is of MQTT-SN",
                "pub -t a -q -1 -m x | QoS -1 needs a predefined topic id or a short topic name",
            })
    void impossibleConnection_isExplained(String command, String reason) {
        assertThat(shell.execute(command.split(" ", -1))).isEqualTo(1);

        assertThat(shell.err()).startsWith("causeway: ").contains(reason);
    }

    @Test
    void help_showsExamples() {
        assertThat(shell.execute("sub", "--help")).isZero();

        assertThat(shell.out()).contains("causeway sub -t '#' --format '%t %q %x'");
    }
}

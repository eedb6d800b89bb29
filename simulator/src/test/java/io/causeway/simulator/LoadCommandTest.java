package io.causeway.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class LoadCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void wrongScheme_isWrongUsage() {
        assertThat(execute("--gateway", "tcp://127.0.0.1", "--verify", "mqtt://127.0.0.1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected udp://HOST[:PORT] instead of tcp://127.0.0.1");
    }

    @Test
    void qos0WithoutRate_isWrongUsage() {
        assertThat(execute("--gateway", "udp://127.0.0.1", "--verify", "mqtt://127.0.0.1", "--qos", "0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("QoS 0 needs a rate");
    }

    @Test
    void noBroker_failsAndSaysSo() {
        assertThat(execute("--gateway", "udp://127.0.0.1:1", "--verify", "mqtt://127.0.0.1:1", "--seconds", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("causeway: cannot verify at the broker");
    }

    private int execute(String... arguments) {
        return new CommandLine(new LoadCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

package io.causeway.radio.udp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each {@link NamespaceScenario} in a Java process of its own, whose network has nothing but what the scenario
 * makes up. Skipped where the system does not let us make one (Linux with user namespaces, {@code unshare} and {@code
 * ip}).
 */
class NamespaceTest {
    private static final int PATIENCE_SECONDS = 60;

    /** A Java process that finds no IPv6 address when it starts does without IPv6 for good. */
    private static final String LOOPBACK_FIRST = "ip link set lo up && exec \"$@\"";

    @BeforeAll
    static void networksCanBeMadeUp(@TempDir Path directory) throws Exception {
        Outcome outcome = run(List.of("unshare", "-rn", "ip", "link", "add", "type", "veth"), directory);
        Assumptions.assumeTrue(
                outcome.status == 0, "skipped: cannot make up a network with `unshare -rn ip ...`: " + outcome.output);
    }

    @ParameterizedTest
    @EnumSource
    void madeUpNetwork(NamespaceScenario scenario, @TempDir Path directory) throws Exception {
        Outcome outcome = run(
                List.of(
                        "unshare",
                        "-rn",
                        "sh",
                        "-c",
                        LOOPBACK_FIRST,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MadeUpNetwork.class.getName(),
                        scenario.name()),
                directory);

        assertThat(outcome.status).as(outcome.output).isZero();
    }

    private record Outcome(int status, String output) {}

    private static Outcome run(List<String> command, Path directory) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.destroy();
        }
    }
}

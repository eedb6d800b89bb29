package io.causeway.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class FleetCommandTest {
    private static final String GATEWAY = "--gateway=udp://127.0.0.1:9";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return execute(new FleetCommand(action -> {}), args);
    }

    private int execute(FleetCommand command, String... args) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    err.append(exception.getMessage());
                    return 2;
                })
                .execute(args);
    }

    private void assertRefused(String message, String... args) {
        err.getBuffer().setLength(0);
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void list_tellsOfAllThatAreShipped() {
        assertThat(execute("--list")).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches("[a-z-]+ .*")))
                .hasSize(5);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("parking ", "The gateway needs the predefined topic 1");
    }

    @Test
    void template_isPrinted() {
        assertThat(execute("--template")).isZero();
        assertThat(out.toString()).startsWith("# A fleet of sensors");
    }

    @Test
    void wrongUsage_isExplained(@TempDir Path directory) throws Exception {
        assertRefused("--gateway");
        assertRefused("expected udp://HOST[:PORT] instead of mqtt://a", "--gateway=mqtt://a");
        assertRefused("unknown host: nowhere.invalid", "--gateway=udp://nowhere.invalid");
        assertRefused("either FILE, --scenario", GATEWAY, "--scenario=storm", "--clients=5");
        assertRefused("either FILE, --scenario", GATEWAY, "--scenario=storm", "file.yaml");
        assertRefused("there is no scenario 'x'", GATEWAY, "--scenario=x");
        assertRefused("exclude each other", GATEWAY, "--rate=5", "--every=5s");
        assertRefused("allowed: 1ms to 30d", GATEWAY, "--every=5");
        assertRefused("allowed: 0% to 100%", GATEWAY, "--loss=0.5");
        assertRefused("allowed: 0 to 2", GATEWAY, "--qos=3");
        assertRefused("allowed: standard, emcute", GATEWAY, "--firmware=tin");
        assertRefused("a group has 1 to 1,000,000 sensors", GATEWAY, "--clients=0");
        assertRefused("--scale is more than 0", GATEWAY, "--scale=0");
        assertRefused("a group has 1 to 1,000,000 sensors", GATEWAY, "--scale=42949674");
        assertRefused("the hurry is 1 to 10,000", GATEWAY, "--hurry=0");
        assertRefused("the hurry is 1 to 10,000", GATEWAY, "--hurry=100000000");
        assertRefused("no more than 1,000 per sensor", GATEWAY, "--rate=2000000000");
        assertRefused("--run has 1 to 8", GATEWAY, "--run=a/b");
        assertRefused("http://a' is no broker", GATEWAY, "--verify=http://a");
        assertRefused("--verify", GATEWAY, "--user=me");
        assertRefused("nothing can be written beside", GATEWAY, "--json=" + directory.resolve("no/report.json"));
        assertRefused("the password cannot be read", GATEWAY, "--verify=mqtt://a", "--password-file=/nowhere");
        assertRefused("there is no such file", GATEWAY, "nowhere.yaml");
        Path file = Files.writeString(directory.resolve("bad.yaml"), "name: x\nsteady: soon\n");
        assertRefused("bad.yaml:2:9: steady: 'soon' is no length of time", GATEWAY, file.toString());
    }

    @Test
    void faultOfTheSimulator_isNoVerdictOnTheGateway() {
        FleetCommand faulty = new FleetCommand(action -> {
            throw new IllegalStateException("faulty");
        });

        assertThat(execute(faulty, GATEWAY)).isEqualTo(3);
        assertThat(err.toString()).contains("the simulator failed", "IllegalStateException: faulty");
    }
}

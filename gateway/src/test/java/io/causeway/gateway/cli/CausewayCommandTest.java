package io.causeway.gateway.cli;

import io.causeway.gateway.config.ConfigTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CausewayCommandTest {
    private final Shell shell = new Shell();

    @Test
    void help_namesCommandsExamplesAndExitCodes() {
        assertThat(shell.execute("--help")).isZero();

        assertThat(shell.out())
                .contains("Usage: causeway", "run", "check", "config", "decode", "Examples:", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "config", "decode", "passwd", "store", "ports"})
    void helpOfACommand_isPrinted(String command) {
        assertThat(shell.execute(command, "--help")).isZero();

        assertThat(shell.out()).startsWith("Usage: causeway " + command);
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void version_isTheOneOfTheBuild() {
        assertThat(shell.execute("--version")).isZero();

        assertThat(shell.outLines()).hasSize(2);
        assertThat(shell.outLines().get(0)).matches("causeway \\d+\\.\\d+\\.\\d+.*");
        assertThat(shell.outLines().get(1)).startsWith("MQTT-SN 1.2, MQTT 5, on Java ");
    }

    @Test
    void noCommand_isWrongUsage() {
        assertThat(shell.execute()).isEqualTo(2);

        assertThat(shell.err()).contains("Missing required subcommand", "Usage: causeway");
    }

    @Test
    void misspelledCommand_isWrongUsageWithTheWordMeant() {
        assertThat(shell.execute("chek")).isEqualTo(2);

        assertThat(shell.err()).contains("chek", "check");
    }

    @Test
    void config_printsTheTemplate() {
        assertThat(shell.execute("config")).isZero();

        assertThat(shell.out()).isEqualTo(ConfigTemplate.text());
    }

    @Test
    void checkOfTheTemplate_isRight(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, ConfigTemplate.text());

        assertThat(shell.execute("check", "-c", file.toString())).isZero();
        assertThat(shell.outLines()).containsExactly(file + ": right");
    }

    @Test
    void checkOfAWrongFile_namesEveryMistake(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, "gateway-id: 0\nloop: 1\n");

        assertThat(shell.execute("check", "--config", file.toString())).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.errLines()).hasSize(2);
        assertThat(shell.errLines().get(0)).startsWith(file + ":1:13: gateway-id: '0' is out of range");
        assertThat(shell.errLines().get(1)).startsWith(file + ":2:1: loop: unknown key, did you mean 'loops'?");
    }

    @Test
    void checkOfNoFile_isWrongUsage() {
        assertThat(shell.execute("check")).isEqualTo(2);

        assertThat(shell.err()).contains("--config=FILE");
    }

    @Test
    void bug_isReportedAsSuch() {
        shell.withGateway(config -> {
            throw new IllegalStateException("impossible");
        });

        assertThat(shell.execute("run")).isEqualTo(1);
        assertThat(shell.err()).contains("this is a bug", "IllegalStateException: impossible");
    }
}

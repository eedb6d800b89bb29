package io.causeway.testkit;

import io.causeway.testkit.SpecCoverage.Specification;
import io.causeway.testkit.SpecCoverage.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpecCoverageTest {
    @Test
    void tagOnAMethod_namesClassAndMethod() {
        String source = """
                /** A class of tests. */
                final class ConnectTest {
                    @ParameterizedTest
                    @TAG("X-1")
                    @ValueSource(strings = {"class", "void a("})
                    void unknownProtocol_isRefused(String sample) throws IOException {}

                    @Test
                    void untagged_isNotNamed() {}

                    @Test
                    @TAG({"X-2", "X-3"})
                    void repeated_isAnsweredAgain() {}
                }
                """;

        assertThat(SpecCoverage.tagsIn("ConnectTest", tagged(source)))
                .containsExactly(
                        new Tag("X-1", "ConnectTest.unknownProtocol_isRefused"),
                        new Tag("X-2", "ConnectTest.repeated_isAnsweredAgain"),
                        new Tag("X-3", "ConnectTest.repeated_isAnsweredAgain"));
    }

    @Test
    void tagOnAClass_namesTheClass() {
        String source = """
                @TAG("X-1")
                final class ConnectTest {
                    @Test
                    void untagged_isNotNamed() {}
                }
                """;

        assertThat(SpecCoverage.tagsIn("ConnectTest", tagged(source))).containsExactly(new Tag("X-1", "ConnectTest"));
    }

    @Test
    void reports_countTestedRulesAndMarkTheOthers(@TempDir Path repository) throws IOException {
        writeString(repository.resolve("testkit/src/main/resources/mqtt-sn-1.2-requirements.tsv"), """
                # A comment.
                ## Setup
                G-A-01\t6.2\tMUST\tConnect\tgateway
                G-A-02\t6.3~\tSHOULD\tStay\tcodec
                ## Advice
                G-B-01\t6.1\tMAY\tStand by\t-
                """);
        writeString(repository.resolve("testkit/src/main/resources/mqtt-5-requirements.tsv"), """
                ## CONNECT
                MQTT-3.1.0-1\tComes first\tboth
                MQTT-3.1.2-20\tPing\t- for clients
                """);
        writeString(repository.resolve("testkit/src/main/resources/mqtt-sn-1.2-client-requirements.tsv"), """
                ## Setup
                C-A-01\t6.2\tMUST\tConnect\tclient
                """);
        writeString(repository.resolve("core/src/test/java/x/ConnectTest.java"), tagged("""
                class ConnectTest {
                    @TAG({"G-A-01", "G-Z-99", "MQTT-3.1.0-1", "MQTT-3.1.0-9"})
                    void connects() {}
                }
                """));

        SpecCoverage coverage = SpecCoverage.ofRepository(repository);

        assertThat(coverage.unknownIds()).containsExactly("G-Z-99", "MQTT-3.1.0-9");
        assertThat(coverage.report(Specification.MQTT_SN_1_2)).endsWith("""

                **1 of 2 rules** for the gateway are named by a test.

                ## Setup

                | id | section | strength | rule | tests |
                |---|---|---|---|---|
                | G-A-01 | 6.2 | MUST | Connect | [ConnectTest.connects](../core/src/test/java/x/ConnectTest.java) |
                | G-A-02 | 6.3~ | SHOULD | Stay | **none** |

                ## Advice

                | id | section | strength | rule | tests |
                |---|---|---|---|---|
                | G-B-01 | 6.1 | MAY | Stand by | – |
                """);
        assertThat(coverage.report(Specification.MQTT_SN_1_2_CLIENT))
                .contains("**0 of 1 rules** for the client are named by a test.");
        assertThat(coverage.report(Specification.MQTT_5)).endsWith("""

                **1 of 1 rules** for the broker are named by a test.

                ## CONNECT

                | id | rule | tests |
                |---|---|---|
                | MQTT-3.1.0-1 | Comes first | [ConnectTest.connects](../core/src/test/java/x/ConnectTest.java) |
                | MQTT-3.1.2-20 | Ping | – for clients |
                """);
    }

    @Test
    void directoryElsewhere_isRefused(@TempDir Path elsewhere) {
        assertThatIllegalArgumentException().isThrownBy(() -> SpecCoverage.repositoryAbove(elsewhere));
    }

    /** Written with a stand-in, as this very source is read for tags, too. */
    private static String tagged(String source) {
        return source.replace("@TAG", "@Requirement");
    }

    private static void writeString(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}

package io.causeway.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTest {
    @TempDir
    private Path directory;

    private JsonNode json;

    @BeforeEach
    void write() throws IOException {
        Path file = directory.resolve("report.json");
        JsonReport.write(BelievableRun.broken(), file);
        json = new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void verdict_isThereForProgramsAndInWords() {
        assertThat(json.path("outcome").asText()).isEqualTo("broken");
        assertThat(json.path("verdict").asText()).startsWith("Promises were broken. 3 messages");
        assertThat(json.path("findings").path(1).path("kind").asText()).isEqualTo("out_of_order");
        assertThat(json.path("findings").path(1).path("client").asText()).isEqualTo("r1k7-machines-4711");
    }

    @Test
    void keys_areStable() {
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "outcome",
                        "verdict",
                        "ended",
                        "run",
                        "gateway",
                        "broker",
                        "began",
                        "took_s",
                        "cpu_s",
                        "foreign",
                        "scenario",
                        "findings",
                        "groups",
                        "latencies",
                        "samples");
        assertThat(json.path("groups").path(1).path("commands").fieldNames())
                .toIterable()
                .containsExactly(
                        "sent",
                        "promised",
                        "excused",
                        "arrived",
                        "missing",
                        "duplicates",
                        "out_of_order",
                        "misdelivered",
                        "corrupted",
                        "late",
                        "lost");
        assertThat(json.path("samples").path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "elapsed_s",
                        "phase",
                        "states",
                        "sent",
                        "acknowledged",
                        "arrived",
                        "commands",
                        "received",
                        "outstanding",
                        "troubles",
                        "acknowledgement_us",
                        "end_to_end_us");
    }

    @Test
    void runThatNobodyVerified_claimsNothingOfArrivals() throws IOException {
        JsonNode unverified = new ObjectMapper().readTree(JsonReport.text(BelievableRun.aborted()));

        assertThat(unverified.path("groups").path(0).path("messages").fieldNames())
                .toIterable()
                .containsExactly("sent", "promised");
    }

    @Test
    void figures_areThoseOfTheRun() {
        assertThat(json.path("took_s").asDouble()).isEqualTo(640);
        assertThat(json.path("scenario").path("sensors").asInt()).isEqualTo(10_000);
        assertThat(json.path("groups")
                        .path(0)
                        .path("troubles")
                        .path("connect_unanswered")
                        .asInt())
                .isEqualTo(812);
        assertThat(json.path("samples")).hasSize(640);
        assertThat(json.path("samples").path(99).path("states").path("asleep").asInt())
                .isEqualTo(3_600);
        JsonNode latencies = json.path("latencies").path("acknowledgement_us");
        assertThat(latencies.path("p99_9").asLong())
                .isGreaterThan(latencies.path("p50").asLong());
        assertThat(latencies.path("distribution").path(0).fieldNames())
                .toIterable()
                .containsExactly("percentile", "us");
    }
}

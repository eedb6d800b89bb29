package io.causeway.simulator.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.causeway.simulator.scenario.Phases;
import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.truth.Finding;
import io.causeway.simulator.truth.Tally;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A report for programs: one object, keys in snake case with their units. Keys may come, and none goes; what nobody can
 * know without a broker to verify at is left out.
 */
public final class JsonReport {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /** @throws IOException if the file cannot be written */
    public static void write(FleetReport report, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            write(report, out);
            out.write('\n');
        }
    }

    static String text(FleetReport report) throws IOException {
        StringWriter text = new StringWriter();
        write(report, text);
        return text.toString();
    }

    private static void write(FleetReport report, Writer out) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            new JsonReport(json).report(report);
        }
    }

    private void report(FleetReport report) throws IOException {
        Verdict verdict = new Verdict(report);
        json.writeStartObject();
        json.writeStringField("outcome", key(report.outcome()));
        json.writeStringField("verdict", verdict.headline() + ". " + verdict.detail());
        json.writeStringField("ended", report.ended());
        json.writeStringField("run", report.run());
        json.writeStringField("gateway", report.gateway());
        json.writeStringField("broker", report.broker());
        json.writeStringField("began", report.began().toString());
        seconds("took_s", report.took());
        json.writeNumberField("cpu_s", report.cpuSeconds());
        json.writeNumberField("foreign", report.foreign());
        scenario(report.scenario());
        findings(report);
        groups(report);
        json.writeObjectFieldStart("latencies");
        distribution("acknowledgement_us", report.acknowledgement());
        distribution("end_to_end_us", report.endToEnd());
        distribution("command_us", report.commands());
        json.writeEndObject();
        json.writeArrayFieldStart("samples");
        for (Sample sample : report.samples()) {
            sample(sample);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void scenario(Scenario scenario) throws IOException {
        Phases phases = scenario.phases();
        json.writeObjectFieldStart("scenario");
        json.writeStringField("name", scenario.name());
        json.writeStringField("about", scenario.about());
        json.writeNumberField("seed", scenario.seed());
        json.writeNumberField("sensors", scenario.sensors());
        seconds("ramp_up_s", phases.rampUp());
        seconds("steady_s", phases.steady());
        seconds("drain_s", phases.drain());
        seconds("ramp_down_s", phases.rampDown());
        json.writeEndObject();
    }

    private void findings(FleetReport report) throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            json.writeStartObject();
            json.writeStringField("kind", key(finding.kind()));
            json.writeStringField("group", finding.group());
            json.writeStringField("client", finding.client());
            json.writeStringField("detail", finding.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void groups(FleetReport report) throws IOException {
        json.writeArrayFieldStart("groups");
        for (GroupReport group : report.groups()) {
            json.writeStartObject();
            json.writeStringField("name", group.name());
            json.writeNumberField("sensors", group.sensors());
            json.writeNumberField("never_connected", group.neverConnected());
            tally("messages", group.up(), report.isVerified());
            tally("commands", group.down(), report.isVerified());
            counts("troubles", group.troubles());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void tally(String name, Tally tally, boolean isVerified) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("sent", tally.sent());
        json.writeNumberField("promised", tally.promised());
        if (isVerified) {
            json.writeNumberField("excused", tally.excused());
            json.writeNumberField("arrived", tally.arrived());
            json.writeNumberField("missing", tally.missing());
            json.writeNumberField("duplicates", tally.duplicates());
            json.writeNumberField("out_of_order", tally.outOfOrder());
            json.writeNumberField("misdelivered", tally.misdelivered());
            json.writeNumberField("corrupted", tally.corrupted());
            json.writeNumberField("late", tally.late());
            json.writeNumberField("lost", tally.lost());
        }
        json.writeEndObject();
    }

    private void sample(Sample sample) throws IOException {
        json.writeStartObject();
        json.writeNumberField("elapsed_s", sample.elapsedMillis() / MILLIS_PER_SECOND);
        json.writeStringField("phase", key(sample.phase()));
        counts("states", sample.states());
        json.writeNumberField("sent", sample.sent());
        json.writeNumberField("acknowledged", sample.acknowledged());
        json.writeNumberField("arrived", sample.arrived());
        json.writeNumberField("commands", sample.commands());
        json.writeNumberField("received", sample.received());
        json.writeNumberField("outstanding", sample.outstanding());
        counts("troubles", sample.troubles());
        json.writeObjectFieldStart("acknowledgement_us");
        percentiles(sample.acknowledgement());
        json.writeEndObject();
        json.writeObjectFieldStart("end_to_end_us");
        percentiles(sample.endToEnd());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void distribution(String name, Distribution distribution) throws IOException {
        json.writeObjectFieldStart(name);
        percentiles(distribution.percentiles());
        json.writeArrayFieldStart("distribution");
        for (Distribution.Step step : distribution.steps()) {
            json.writeStartObject();
            json.writeNumberField("percentile", step.percentile());
            json.writeNumberField("us", step.micros());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void percentiles(Percentiles latencies) throws IOException {
        json.writeNumberField("count", latencies.count());
        json.writeNumberField("p50", latencies.p50Micros());
        json.writeNumberField("p90", latencies.p90Micros());
        json.writeNumberField("p99", latencies.p99Micros());
        json.writeNumberField("p99_9", latencies.p999Micros());
        json.writeNumberField("max", latencies.maxMicros());
    }

    private void counts(String name, Map<? extends Enum<?>, ? extends Number> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<? extends Enum<?>, ? extends Number> entry : counts.entrySet()) {
            json.writeNumberField(key(entry.getKey()), entry.getValue().longValue());
        }
        json.writeEndObject();
    }

    private void seconds(String name, Duration time) throws IOException {
        json.writeNumberField(name, time.toMillis() / MILLIS_PER_SECOND);
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package io.causeway.simulator;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.scenario.Firmware;
import io.causeway.simulator.scenario.Pace;
import io.causeway.simulator.scenario.PayloadTemplate;
import io.causeway.simulator.scenario.Report;
import io.causeway.simulator.scenario.Span;
import io.causeway.simulator.scenario.TopicPattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the sensors of a fleet from the command line publish. */
final class ReportOptions {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MOST_PER_SENSOR = 1_000;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = ScenarioConverters.Time.class,
            description = "From one report of a sensor to its next, give or take a tenth; 10s.")
    private @Nullable Duration every;

    @Option(names = "--rate", paramLabel = "N", description = "Instead: reports per second of all sensors together.")
    private @Nullable Integer rate;

    @Option(
            names = "--qos",
            paramLabel = "0|1|2",
            converter = ScenarioConverters.OfReports.class,
            description = "Of reports and commands; 1.")
    private Qos qos = Qos.AT_LEAST_ONCE;

    @Option(
            names = "--payload",
            paramLabel = "OCTETS",
            converter = ScenarioConverters.Octets.class,
            description = "Size of a report: 64, or 20..200; 32.")
    private Span<Integer> payload = PayloadTemplate.DEFAULT.octets();

    @Option(
            names = "--firmware",
            paramLabel = "WORD",
            converter = ScenarioConverters.Habits.class,
            description = "Whose habits they have: standard, emcute, asymcute, zephyr, paho, wolfmqtt, arduino.")
    private Firmware firmware = Firmware.STANDARD;

    Qos qos() {
        return qos;
    }

    Firmware firmware() {
        return firmware;
    }

    /** @throws IllegalArgumentException if so many cannot do it */
    Report of(int clients, TopicPattern topic, PayloadTemplate.Format format) {
        PayloadTemplate template = new PayloadTemplate(format, PayloadTemplate.Content.COUNTER, payload);
        return new Report(new Pace.Every(interval(clients), 0.1), qos, false, topic, template);
    }

    private Duration interval(int clients) {
        if (rate == null) {
            return every == null ? Duration.ofSeconds(10) : every;
        }
        if (every != null) {
            throw new IllegalArgumentException("--rate and --every exclude each other");
        }
        if (rate < 1 || rate > clients * MOST_PER_SENSOR) {
            throw new IllegalArgumentException("--rate is 1 or more, and no more than 1,000 per sensor");
        }
        return SECOND.multipliedBy(clients).dividedBy(rate);
    }
}

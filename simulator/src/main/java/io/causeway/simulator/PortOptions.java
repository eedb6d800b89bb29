package io.causeway.simulator;

import io.causeway.simulator.radio.LineConditions;
import io.causeway.simulator.radio.Plugging;
import io.causeway.simulator.scenario.Span;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The port where a gateway finds an emulated device, from the command line. */
final class PortOptions {
    @Option(
            names = "--pty",
            required = true,
            paramLabel = "PATH",
            description = "Where the gateway finds its port: a link to a pseudo-terminal.")
    private Path link = Path.of("pty");

    @Option(names = "--baud", paramLabel = "N", description = "The rate of the line, in bits per second; 115200.")
    private int baud = 115_200;

    @Option(names = "--no-flow-control", description = "What the gateway writes too fast is lost, instead of waiting.")
    private boolean hasNoFlowControl;

    @Option(names = "--split", description = "What goes to the gateway comes in pieces.")
    private boolean isSplit;

    @Option(
            names = "--garbage",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of frames to the gateway that come behind octets of no meaning.")
    private double garbage;

    @Option(
            names = "--flips",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of frames to the gateway with a wrong bit.")
    private double flips;

    @Option(
            names = "--cuts",
            paramLabel = "SHARE",
            converter = ScenarioConverters.Share.class,
            description = "Of frames to the gateway that lose their end.")
    private double cuts;

    @Option(
            names = "--unplug",
            paramLabel = "TIME",
            converter = ScenarioConverters.Times.class,
            description = "Pull the device after so long, again and again: 60s, or 30s..90s.")
    private @Nullable Span<Duration> unplug;

    @Option(
            names = "--unplugged",
            paramLabel = "TIME",
            converter = ScenarioConverters.Times.class,
            description = "And plug it in again after so long; 1s..5s.")
    private Span<Duration> unplugged = new Span<>(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Option(names = "--replugs", paramLabel = "N", description = "But no more than so many times.")
    private int replugs = Integer.MAX_VALUE;

    Path link() {
        return link;
    }

    /** @throws IllegalArgumentException if there is no such line */
    LineConditions line() {
        return new LineConditions(baud, !hasNoFlowControl, isSplit, garbage, flips, cuts);
    }

    Plugging plugging() {
        return unplug == null ? Plugging.NEVER : new Plugging(replugs, unplug, unplugged);
    }
}

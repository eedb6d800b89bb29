package io.causeway.simulator.scenario;

import io.causeway.settings.Section;
import java.time.Duration;
import java.util.Optional;

/** Reads a network from its section. */
final class NetworkReader {
    private static final Outages NO_OUTAGES =
            new Outages(NetworkConditions.IDEAL.outageEvery(), NetworkConditions.IDEAL.outage());

    private NetworkReader() {}

    static NetworkConditions network(Section section) {
        Outages outages = section.section("outages", NetworkReader::outages, Optional.of(NO_OUTAGES))
                .orElse(NO_OUTAGES);
        return new NetworkConditions(
                section.value("loss", ScenarioTypes.SHARE, 0.0),
                section.value("duplication", ScenarioTypes.SHARE, 0.0),
                section.value("reordering", ScenarioTypes.SHARE, 0.0),
                section.value("delay", ScenarioTypes.DELAY, Delay.NONE),
                section.value("bandwidth", ScenarioTypes.BIT_RATE, 0L),
                outages.every(),
                outages.length(),
                section.value("nat-rebinding", ScenarioTypes.TIME, Duration.ZERO));
    }

    private static Optional<Outages> outages(Section section) {
        Optional<Duration> every = section.required("every", ScenarioTypes.TIME);
        Optional<Span<Duration>> length = section.required("for", ScenarioTypes.TIMES);
        return every.flatMap(mean -> length.map(span -> new Outages(mean, span)));
    }

    private record Outages(Duration every, Span<Duration> length) {}
}

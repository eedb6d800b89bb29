package io.causeway.simulator.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures of the charts for those who cannot see them: less fine, so that they can be read out. */
final class ChartTables {
    private static final int MOST_ROWS = 40;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final FleetReport report;
    private final List<Sample> samples;

    ChartTables(FleetReport report) {
        this.report = report;
        TimeSeries coarse = new TimeSeries(MOST_ROWS);
        report.samples().forEach(coarse::add);
        this.samples = coarse.samples();
    }

    Table rates() {
        List<ToLongFunction<Sample>> counts =
                List.of(Sample::sent, Sample::acknowledged, Sample::arrived, Sample::commands, Sample::received);
        return new Table(
                List.of("until", "sent/s", "acknowledged/s", "at the broker/s", "commands/s", "received/s"),
                1,
                rows((before, sample) -> counts.stream()
                        .map(count -> rate(count.applyAsLong(sample), sample.elapsedMillis() - before))));
    }

    Table latencies() {
        return new Table(
                List.of("until", "acknowledged p50", "p99", "max", "at the broker p50", "p99", "max"),
                1,
                rows((before, sample) -> Stream.of(sample.acknowledgement(), sample.endToEnd())
                        .flatMap(latencies -> Stream.of(
                                        latencies.p50Micros(), latencies.p99Micros(), latencies.maxMicros())
                                .map(micros -> latencies.count() == 0 ? Figures.NONE : Figures.latency(micros)))));
    }

    Table states() {
        List<SensorState> states = List.of(SensorState.values());
        return new Table(
                Stream.concat(Stream.of("at"), states.stream().map(Figures::word))
                        .toList(),
                1,
                rows((before, sample) -> states.stream()
                        .map(state -> Figures.count(sample.states().getOrDefault(state, 0)))));
    }

    Table distribution() {
        double[] percentiles = {0, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};
        return new Table(
                List.of("percentile", "acknowledged", "at the broker", "command"),
                1,
                Arrays.stream(percentiles)
                        .mapToObj(percentile -> List.of(
                                Figures.share(percentile / 100),
                                at(percentile, report.acknowledgement()),
                                at(percentile, report.endToEnd()),
                                at(percentile, report.commands())))
                        .toList());
    }

    private static String at(double percentile, Distribution distribution) {
        return distribution.steps().stream()
                .filter(step -> step.percentile() >= percentile)
                .findFirst()
                .map(step -> Figures.latency(step.micros()))
                .orElse(Figures.NONE);
    }

    private List<List<String>> rows(Cells cells) {
        return IntStream.range(0, samples.size())
                .mapToObj(index -> {
                    long before = index == 0 ? 0 : samples.get(index - 1).elapsedMillis();
                    Sample sample = samples.get(index);
                    String time = Figures.clock(Duration.ofMillis(sample.elapsedMillis()));
                    return Stream.concat(Stream.of(time), cells.of(before, sample))
                            .toList();
                })
                .toList();
    }

    private static String rate(long count, long millis) {
        return millis == 0 ? Figures.NONE : Figures.count(Math.round(count * MILLIS_PER_SECOND / millis));
    }

    /** What a row says of a sample, given when the one before it ended. */
    private interface Cells {
        Stream<String> of(long beforeMillis, Sample sample);
    }
}

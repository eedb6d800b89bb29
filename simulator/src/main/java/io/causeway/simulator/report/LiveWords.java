package io.causeway.simulator.report;

import io.causeway.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a live view says: up to 20 lines of up to 80 columns for a terminal, or one line. */
final class LiveWords {
    private static final int BAR_CELLS = 46;
    private static final int STATES_PER_LINE = 3;
    private static final int TROUBLES_SHOWN = 3;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final String MARGIN = " ".repeat(13);

    private static final String PLAIN = "\033[0m";
    private static final String BOLD = "\033[1m";
    private static final String DONE = "\033[46m";
    private static final String TO_DO = "\033[100m";

    private final Scenario scenario;
    private final boolean isVerified;

    LiveWords(Scenario scenario, boolean isVerified) {
        this.scenario = scenario;
        this.isVerified = isVerified;
    }

    /**
     * With escape sequences for colours.
     *
     * @param now       what happened in the last span
     * @param nowMillis its length
     * @param total     what happened since the beginning
     */
    List<String> screen(Progress progress, Sample now, long nowMillis, Sample total) {
        List<String> lines = new ArrayList<>();
        lines.add(BOLD + scenario.name() + PLAIN + "  " + Figures.counted(scenario.sensors(), "sensor"));
        lines.add("");
        lines.add(progressBar(progress));
        addStates(lines, now);
        lines.add("");
        addRates(lines, now, nowMillis, total);
        lines.add("");
        addLatencies(lines, now);
        lines.add("");
        if (isVerified) {
            lines.add("%-13s%s promised, and not arrived yet"
                    .formatted("on the way", Figures.counted(now.outstanding(), "message")));
        }
        addTroubles(lines, total);
        return lines;
    }

    /** {@code 1:40  steady  9,840 active, 160 connecting; 5,981/s sent, ...}. */
    String line(Progress progress, Sample now, long nowMillis, Sample total) {
        String states = now.states().entrySet().stream()
                .filter(state -> state.getValue() > 0)
                .map(state -> Figures.count(state.getValue()) + " " + Figures.word(state.getKey()))
                .collect(Collectors.joining(", "));
        long troubles =
                total.troubles().values().stream().mapToLong(Long::longValue).sum();
        StringBuilder line = new StringBuilder(
                "%6s  %-9s  %s".formatted(Figures.clock(progress.elapsed()), Figures.word(progress.phase()), states));
        line.append("; ").append(rate(now.sent(), nowMillis)).append("/s sent");
        line.append(", ").append(rate(now.acknowledged(), nowMillis)).append("/s acknowledged");
        if (isVerified) {
            line.append(", ").append(rate(now.arrived(), nowMillis)).append("/s arrived");
            line.append(", ").append(Figures.count(now.outstanding())).append(" on the way");
        }
        if (now.acknowledgement().count() > 0) {
            line.append("; p99 ").append(Figures.latency(now.acknowledgement().p99Micros()));
        }
        return line.append("; ").append(Figures.counted(troubles, "trouble")).toString();
    }

    private static String progressBar(Progress progress) {
        int done = (int) Math.round(progress.share() * BAR_CELLS);
        return "%-13s%s%s%s %3s %%  %s left"
                .formatted(
                        Figures.word(progress.phase()),
                        cells(DONE, done),
                        cells(TO_DO, BAR_CELLS - done),
                        PLAIN,
                        (int) (progress.share() * 100),
                        Figures.clock(progress.left()));
    }

    /** A bar in which each state has its share, and below it what the colours mean. */
    private static void addStates(List<String> lines, Sample now) {
        int sensors = now.states().values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder bar = new StringBuilder("%-13s".formatted("sensors"));
        List<String> legend = new ArrayList<>();
        int before = 0;
        for (Map.Entry<SensorState, Integer> state : now.states().entrySet()) {
            int after = before + state.getValue();
            if (state.getValue() > 0) {
                bar.append(cells(background(state.getKey()), cell(after, sensors) - cell(before, sensors)));
                legend.add(background(state.getKey()) + "  " + PLAIN
                        + " %-12s%7s".formatted(Figures.word(state.getKey()), Figures.count(state.getValue())));
            }
            before = after;
        }
        lines.add(bar + PLAIN);
        for (int first = 0; first < legend.size(); first += STATES_PER_LINE) {
            List<String> some = legend.subList(first, Math.min(legend.size(), first + STATES_PER_LINE));
            lines.add(MARGIN + String.join("", some));
        }
    }

    private static int cell(int sensors, int all) {
        return (int) Math.round((double) BAR_CELLS * sensors / all);
    }

    private void addRates(List<String> lines, Sample now, long nowMillis, Sample total) {
        lines.add(figures("messages", "sent", "acknowledged", isVerified ? "arrived" : "", "commands", "received"));
        lines.add(figures(
                "per second",
                rate(now.sent(), nowMillis),
                rate(now.acknowledged(), nowMillis),
                isVerified ? rate(now.arrived(), nowMillis) : "",
                rate(now.commands(), nowMillis),
                rate(now.received(), nowMillis)));
        lines.add(figures(
                "so far",
                Figures.count(total.sent()),
                Figures.count(total.acknowledged()),
                isVerified ? Figures.count(total.arrived()) : "",
                Figures.count(total.commands()),
                Figures.count(total.received())));
    }

    private void addLatencies(List<String> lines, Sample now) {
        lines.add(figures("latency", "p50", "p90", "p99", "p99.9", "max"));
        lines.add(latencies("acknowledged", now.acknowledgement()));
        if (isVerified) {
            lines.add(latencies("at the broker", now.endToEnd()));
        }
    }

    private static String latencies(String name, Percentiles latencies) {
        if (latencies.count() == 0) {
            return name;
        }
        return figures(
                name,
                Figures.latency(latencies.p50Micros()),
                Figures.latency(latencies.p90Micros()),
                Figures.latency(latencies.p99Micros()),
                Figures.latency(latencies.p999Micros()),
                Figures.latency(latencies.maxMicros()));
    }

    /** The most frequent ones. */
    private static void addTroubles(List<String> lines, Sample total) {
        if (total.troubles().isEmpty()) {
            lines.add("%-13s%s".formatted("troubles", "none"));
            return;
        }
        List<Map.Entry<Trouble, Long>> troubles = total.troubles().entrySet().stream()
                .sorted(Map.Entry.<Trouble, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        int shown = troubles.size() > TROUBLES_SHOWN ? TROUBLES_SHOWN - 1 : troubles.size();
        String name = "troubles";
        for (Map.Entry<Trouble, Long> trouble : troubles.subList(0, shown)) {
            lines.add("%-13s%7s  %s"
                    .formatted(
                            name,
                            Figures.briefCount(trouble.getValue()),
                            trouble.getKey().help()));
            name = "";
        }
        long others = troubles.subList(shown, troubles.size()).stream()
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (others > 0) {
            lines.add("%-13s%7s  %s".formatted("", Figures.briefCount(others), "of other kinds"));
        }
    }

    private static String figures(String name, String... columns) {
        return String.format(
                        Locale.ROOT,
                        "%-13s%12s%14s%12s%12s%12s",
                        name,
                        columns[0],
                        columns[1],
                        columns[2],
                        columns[3],
                        columns[4])
                .stripTrailing();
    }

    private static String rate(long count, long millis) {
        return Figures.count(millis == 0 ? 0 : Math.round(count * MILLIS_PER_SECOND / millis));
    }

    private static String cells(String background, int count) {
        return count == 0 ? "" : background + " ".repeat(count);
    }

    private static String background(SensorState state) {
        int colour = switch (state) {
            case OFF -> 100;
            case CONNECTING -> 43;
            case ACTIVE -> 42;
            case ASLEEP -> 44;
            case AWAKE -> 46;
            case DISCONNECTED -> 41;
            case DARK -> 47;
            case BEACON -> 45;
        };
        return "\033[" + colour + "m";
    }
}

package io.causeway.simulator.report;

import io.causeway.simulator.truth.Tally;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The tables of a report, which are the same for a terminal and a page but for the room that figures have. */
final class ReportTables {
    private static final String COMMANDS = "  commands";
    private static final List<Fate> FATES = List.of(
            new Fate("sent", Tally::sent, false, false),
            new Fate("promised", Tally::promised, false, false),
            new Fate("excused", Tally::excused, true, true),
            new Fate("arrived", Tally::arrived, true, false),
            new Fate("missing", Tally::missing, true, false),
            new Fate("wrong", Tally::wrong, true, true),
            new Fate("twice", Tally::duplicates, true, false),
            new Fate("order", Tally::outOfOrder, true, false),
            new Fate("late", Tally::late, true, false),
            new Fate("lost", Tally::lost, true, false));
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    private final FleetReport report;
    private final LongFunction<String> count;

    /** @param count how a count is written */
    ReportTables(FleetReport report, LongFunction<String> count) {
        this.report = report;
        this.count = count;
    }

    /** What was run, against what. */
    Table facts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("sensors", Figures.count(report.scenario().sensors())));
        rows.add(List.of("seed", report.scenario().seed() + ", with which the same fleet comes again"));
        rows.add(List.of("gateway", report.gateway()));
        rows.add(List.of("verified", report.isVerified() ? "at " + report.broker() : "no"));
        rows.add(List.of("run", report.run()));
        rows.add(List.of("began", DATE_TIME.format(report.began().atOffset(ZoneOffset.UTC))));
        rows.add(List.of("took", Figures.time(report.took())));
        rows.add(List.of(
                "simulator",
                String.format(Locale.ROOT, "%.1f s of CPU time, %.2f cores", report.cpuSeconds(), report.cores())));
        if (report.foreign() > 0) {
            rows.add(List.of("strangers", "sent " + Figures.counted(report.foreign(), "message") + " to its topics"));
        }
        return new Table(List.of("scenario", report.scenario().name()), 2, rows);
    }

    /** What became of messages; commands have a row of their own below that of their group. */
    Table messages() {
        List<List<String>> rows = new ArrayList<>();
        List<Fate> shown = FATES.stream().filter(this::isShown).toList();
        for (GroupReport group : report.groups()) {
            addRows(rows, shown, group.name(), group.up(), group.down());
        }
        if (report.groups().size() > 1) {
            addRows(rows, shown, "all", report.up(), report.down());
        }
        List<String> columns = new ArrayList<>(List.of("group"));
        shown.forEach(fate -> columns.add(fate.name));
        return new Table(columns, 1, rows);
    }

    /** Where nobody looked, it is not known what arrived; and what nobody has suffered takes no room. */
    private boolean isShown(Fate fate) {
        boolean isKnown = report.isVerified() || !fate.isSeenAtTheEnd;
        return isKnown && (!fate.isRare || fate.count.applyAsLong(report.up().plus(report.down())) > 0);
    }

    /**
     * A column of {@link #messages}.
     *
     * @param isSeenAtTheEnd whether only those know of it who look where messages arrive
     * @param isRare         whether nobody misses the column where nobody has suffered it
     */
    private record Fate(String name, ToLongFunction<Tally> count, boolean isSeenAtTheEnd, boolean isRare) {}

    private void addRows(List<List<String>> rows, List<Fate> shown, String name, Tally up, Tally down) {
        rows.add(row(shown, name, up));
        if (down.sent() > 0) {
            rows.add(row(shown, COMMANDS, down));
        }
    }

    private List<String> row(List<Fate> shown, String name, Tally tally) {
        List<String> row = new ArrayList<>(List.of(name));
        shown.forEach(fate -> row.add(count.apply(fate.count.applyAsLong(tally))));
        return row;
    }

    /** Of what was measured. */
    Table latencies() {
        List<List<String>> rows = new ArrayList<>();
        addLatencies(rows, "acknowledged", report.acknowledgement().percentiles());
        addLatencies(rows, "at the broker", report.endToEnd().percentiles());
        addLatencies(rows, "command at the sensor", report.commands().percentiles());
        return new Table(List.of("", "count", "p50", "p90", "p99", "p99.9", "max"), 1, rows);
    }

    private void addLatencies(List<List<String>> rows, String name, Percentiles latencies) {
        if (latencies.count() > 0) {
            rows.add(List.of(
                    name,
                    count.apply(latencies.count()),
                    Figures.latency(latencies.p50Micros()),
                    Figures.latency(latencies.p90Micros()),
                    Figures.latency(latencies.p99Micros()),
                    Figures.latency(latencies.p999Micros()),
                    Figures.latency(latencies.maxMicros())));
        }
    }

    /** What went wrong for sensors. */
    Table troubles() {
        List<List<String>> rows = new ArrayList<>();
        for (GroupReport group : report.groups()) {
            if (group.neverConnected() > 0) {
                rows.add(List.of(
                        "sensors that never had a connection", group.name(), count.apply(group.neverConnected())));
            }
            group.troubles().forEach((trouble, times) -> {
                if (times > 0) {
                    rows.add(List.of(trouble.help(), group.name(), count.apply(times)));
                }
            });
        }
        return new Table(List.of("what", "group", "times"), 2, rows);
    }

    /** Promises that were broken; client ids tell the group. */
    Table findings() {
        return new Table(
                List.of("promise", "sensor", "which"),
                3,
                report.findings().stream()
                        .map(finding -> List.of(Figures.word(finding.kind()), finding.client(), finding.detail()))
                        .toList());
    }
}

package io.causeway.simulator.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A report for a terminal: the verdict first, then what it rests on, in 80 columns. */
public final class TextReport {
    private static final int COLUMNS = 80;
    private static final int MOST_FINDINGS = 20;

    private TextReport() {}

    /** @throws IOException if the output does not take it */
    public static void write(FleetReport report, Appendable out) throws IOException {
        for (String line : lines(report)) {
            out.append(line).append(System.lineSeparator());
        }
    }

    private static List<String> lines(FleetReport report) {
        Verdict verdict = new Verdict(report);
        ReportTables tables = new ReportTables(report, Figures::briefCount);
        List<String> lines = new ArrayList<>(wrapped(verdict.headline() + ". " + verdict.detail()));
        addFindings(lines, tables.findings());
        lines.add("");
        lines.addAll(tables.facts().lines(COLUMNS));
        addTable(lines, "Messages", tables.messages());
        addTable(lines, "Latencies", tables.latencies());
        addTable(lines, "What went wrong without breaking a promise", tables.troubles());
        return lines;
    }

    /** The first of them; the other forms of the report have all. */
    private static void addFindings(List<String> lines, Table findings) {
        int count = findings.rows().size();
        int shown = Math.min(count, MOST_FINDINGS);
        addTable(
                lines,
                "What was broken, to whom",
                new Table(findings.columns(), findings.words(), findings.rows().subList(0, shown)));
        if (shown < count) {
            lines.add("... and " + (count - shown) + " more, which are in the reports as JSON and HTML.");
        }
    }

    private static void addTable(List<String> lines, String title, Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        lines.addAll(table.lines(COLUMNS));
    }

    /** Breaks lines at blanks. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

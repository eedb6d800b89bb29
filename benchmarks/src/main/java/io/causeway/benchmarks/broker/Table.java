package io.causeway.benchmarks.broker;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Figures of several brokers side by side: under every heading a column for each broker. Printed row by row. */
final class Table {
    private static final int CELL_WIDTH = 10;

    private final PrintStream out;
    private final int labelWidth;

    /** @param labelWidth of the first column, in characters */
    Table(PrintStream out, int labelWidth) {
        this.out = out;
        this.labelWidth = labelWidth;
    }

    /** @param headings may be none, if the rows say what they show */
    void printHead(List<String> headings, List<String> brokers) {
        if (!headings.isEmpty()) {
            StringBuilder line = new StringBuilder(" ".repeat(labelWidth));
            headings.forEach(heading -> line.append(right(heading, CELL_WIDTH * brokers.size())));
            out.println(line);
        }
        StringBuilder line = new StringBuilder(" ".repeat(labelWidth));
        for (int group = 0; group < Math.max(1, headings.size()); group++) {
            brokers.forEach(broker -> line.append(right(broker, CELL_WIDTH)));
        }
        out.println(line);
    }

    /** @param cells of each broker, as many as there are headings, or one */
    void printRow(String label, List<List<String>> cells) {
        StringBuilder line = new StringBuilder(label).append(" ".repeat(Math.max(0, labelWidth - label.length())));
        for (int heading = 0; heading < cells.get(0).size(); heading++) {
            for (List<String> ofBroker : cells) {
                line.append(right(ofBroker.get(heading), CELL_WIDTH));
            }
        }
        out.println(line);
    }

    /** @param value NaN if it is not known */
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String right(String text, int width) {
        String fitting = text.substring(0, Math.min(width - 1, text.length()));
        return " ".repeat(width - fitting.length()) + fitting;
    }
}

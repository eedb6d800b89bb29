package io.causeway.simulator.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words in the first columns, figures in the others, for a terminal or a page.
 *
 * @param columns their heads
 * @param words   how many columns have words, at least one; the others have figures
 * @param rows    as long as the heads
 */
record Table(List<String> columns, int words, List<List<String>> rows) {
    private static final int WIDE_GAP = 2;

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A line for each row below one with the heads; no line has a blank at its end.
     *
     * @param most characters of a line; where it would have more, its columns stand closer to each other
     */
    List<String> lines(int most) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        int wide = IntStream.of(widths).sum() + WIDE_GAP * (widths.length - 1);
        String gap = " ".repeat(wide > most ? 1 : WIDE_GAP);
        return Stream.concat(Stream.of(columns), rows.stream())
                .map(row -> line(row, widths, gap))
                .toList();
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(widest, columns.get(column).length());
    }

    private String line(List<String> row, int[] widths, String gap) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String blanks = " ".repeat(widths[column] - row.get(column).length());
                    return column < words ? row.get(column) + blanks : blanks + row.get(column);
                })
                .collect(Collectors.joining(gap))
                .stripTrailing();
    }
}

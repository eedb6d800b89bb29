package io.causeway.invariants;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** What happened in a run, to be read when it failed; keeps nothing unless asked to. */
final class Journal {
    private static final double SECOND_NANOS = 1e9;

    private final int maxLines;
    private final Deque<String> lines = new ArrayDeque<>();

    /** @param maxLines so many of the last are kept */
    Journal(int maxLines) {
        this.maxLines = maxLines;
    }

    void add(long nowNanos, String who, Object what) {
        if (maxLines == 0) {
            return;
        }
        if (lines.size() == maxLines) {
            lines.remove();
        }
        lines.add(String.format(Locale.ROOT, "%9.3f %s%s", nowNanos / SECOND_NANOS, who, what));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

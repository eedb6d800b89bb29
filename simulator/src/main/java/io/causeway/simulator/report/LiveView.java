package io.causeway.simulator.report;

import io.causeway.simulator.scenario.Scenario;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run as it goes. On a terminal it is a screen of its own, drawn again with each sample, so that it is whole again right
 * after the window was resized; elsewhere a line every ten seconds and at the beginning of each phase.
 *
 * <p>Samples come from the thread of the run. Any thread may close it, such as one that ends the process, because a
 * terminal has to be left as it was.
 */
public final class LiveView implements Consumer<Sample>, AutoCloseable {
    private static final long LINE_EVERY_MILLIS = 10_000;

    /** The alternate screen, without a cursor. */
    private static final String ENTER = "\033[?1049h\033[?25l";

    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final String TO_THE_TOP = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final LiveWords words;
    private final Progress progress;

    private @Nullable Sample total;
    private @Nullable Sample sinceLine;
    private long lineMillis;
    private boolean isEntered;
    private boolean isClosed;

    /**
     * @param isTerminal whether the output understands escape sequences
     * @param isVerified whether arrivals are known
     */
    public LiveView(PrintWriter out, boolean isTerminal, Scenario scenario, boolean isVerified) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.words = new LiveWords(scenario, isVerified);
        this.progress = new Progress(scenario.phases());
    }

    @Override
    public synchronized void accept(Sample sample) {
        if (isClosed) {
            return;
        }
        boolean isAnotherPhase = progress.advance(sample);
        Sample sum = total == null ? sample : total.merge(sample);
        if (isTerminal) {
            draw(words.screen(progress, sample, millisSince(total, sample), sum));
        } else {
            writeLine(sample, sum, isAnotherPhase || total == null);
        }
        total = sum;
    }

    /** Gives the terminal back. What comes later is not shown. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (isEntered) {
            isEntered = false;
            out.print(LEAVE);
            out.flush();
        }
    }

    private void draw(List<String> lines) {
        String screen = String.join(CLEAR_LINE + "\n", lines) + CLEAR_LINE + CLEAR_BELOW;
        out.print((isEntered ? "" : ENTER) + TO_THE_TOP + screen);
        isEntered = true;
        out.flush();
    }

    private void writeLine(Sample sample, Sample sum, boolean isDue) {
        Sample gathered = sinceLine == null ? sample : sinceLine.merge(sample);
        long millis = sample.elapsedMillis() - lineMillis;
        if (!isDue && millis < LINE_EVERY_MILLIS) {
            sinceLine = gathered;
            return;
        }
        out.println(words.line(progress, gathered, millis, sum));
        out.flush();
        sinceLine = null;
        lineMillis = sample.elapsedMillis();
    }

    private static long millisSince(@Nullable Sample before, Sample sample) {
        return sample.elapsedMillis() - (before == null ? 0 : before.elapsedMillis());
    }
}

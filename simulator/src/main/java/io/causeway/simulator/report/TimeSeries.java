package io.causeway.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a run of any length in bounded memory: whenever there are too many, each two neighbours become one, and
 * so do those to come. Counts stay exact; a latency of a merged sample is the worse of both. Owned by one thread.
 */
public final class TimeSeries {
    private final int most;
    private final List<Sample> samples = new ArrayList<>();

    private int mergedIntoOne = 1;
    private @Nullable Sample gathered;
    private int gatheredCount;

    /**
     * @param most samples that are kept; between half of it and all in a long run
     * @throws IllegalArgumentException if it is below 2 or odd
     */
    public TimeSeries(int most) {
        if (most < 2 || most % 2 != 0) {
            throw new IllegalArgumentException("a time series keeps an even number of samples, at least 2");
        }
        this.most = most;
    }

    public void add(Sample sample) {
        Sample sum = gathered == null ? sample : gathered.merge(sample);
        gathered = sum;
        gatheredCount++;
        if (gatheredCount < mergedIntoOne) {
            return;
        }
        if (samples.size() == most) {
            halve();
            return;
        }
        samples.add(sum);
        gathered = null;
        gatheredCount = 0;
    }

    /** What was added, oldest first and evenly spaced, except for the last, which may stand for less time. */
    public List<Sample> samples() {
        List<Sample> all = new ArrayList<>(samples);
        if (gathered != null) {
            all.add(gathered);
        }
        return all;
    }

    private void halve() {
        for (int pair = 0; pair < most / 2; pair++) {
            samples.set(pair, samples.get(2 * pair).merge(samples.get(2 * pair + 1)));
        }
        samples.subList(most / 2, most).clear();
        mergedIntoOne *= 2;
    }
}

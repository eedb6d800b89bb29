package io.causeway.radio.xbee;

import java.util.List;
import java.util.stream.IntStream;

/** Goes through the rates that a radio may be set to, the wanted one first. Owned by the loop. */
final class RateSearch {
    private static final int[] USUAL = {9_600, 115_200, 57_600, 38_400, 19_200, 230_400};

    private final List<Integer> rates;
    private int current;
    private int tried = 1;

    RateSearch(int firstRate) {
        rates = IntStream.concat(IntStream.of(firstRate), IntStream.of(USUAL))
                .distinct()
                .boxed()
                .toList();
    }

    int rate() {
        return rates.get(current);
    }

    int wantedRate() {
        return rates.get(0);
    }

    /** Whether this is the first rate of a round, which deserves the most patience. */
    boolean isFirst() {
        return tried == 1;
    }

    boolean isExhausted() {
        return tried == rates.size();
    }

    void next() {
        current = (current + 1) % rates.size();
        tried++;
    }

    /** Begins another round with the rate at hand. */
    void restart() {
        tried = 1;
    }

    /** As an operator would write them, for instance {@code 9600, 115200}. */
    @Override
    public String toString() {
        return String.join(", ", rates.stream().map(String::valueOf).toList());
    }
}

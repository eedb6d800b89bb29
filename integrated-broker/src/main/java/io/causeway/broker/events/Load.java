package io.causeway.broker.events;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The load averages of one count, as {@code load/<name>/1min}, {@code 5min} and {@code 15min}. */
final class Load {
    private static final int[] MINUTES = {1, 5, 15};

    private final String name;
    private final LongSupplier count;
    private final Map<Integer, LoadAverage> averages = new TreeMap<>();
    private long last;

    /** @param count that only grows */
    Load(String name, LongSupplier count) {
        this.name = name;
        this.count = count;
        for (int minutes : MINUTES) {
            averages.put(minutes, new LoadAverage(minutes));
        }
    }

    /** @param say is given each topic, and its value */
    void update(long elapsedNanos, BiConsumer<String, String> say) {
        long now = count.getAsLong();
        averages.forEach((minutes, average) -> say.accept(
                "load/" + name + "/" + minutes + "min",
                String.format(Locale.ROOT, "%.2f", average.update(now - last, elapsedNanos))));
        last = now;
    }
}

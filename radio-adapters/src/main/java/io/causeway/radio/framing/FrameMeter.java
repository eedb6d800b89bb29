package io.causeway.radio.framing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a line has received and could make no message of. Free to use from any thread; decoders write it. No value
 * ever decreases.
 */
public final class FrameMeter {
    private final LongAdder discardedOctets = new LongAdder();
    private final Map<FrameFault, LongAdder> faults = new EnumMap<>(FrameFault.class);

    public FrameMeter() {
        for (FrameFault fault : FrameFault.values()) {
            faults.put(fault, new LongAdder());
        }
    }

    void discarded(int octets) {
        discardedOctets.add(octets);
    }

    void failed(FrameFault fault) {
        Objects.requireNonNull(faults.get(fault)).increment();
    }

    /** Octets that went into no message, those of bad frames included. */
    public long discardedOctets() {
        return discardedOctets.sum();
    }

    /** How often each has happened; noise of any length between two messages counts once. */
    public Map<FrameFault, Long> badFrames() {
        Map<FrameFault, Long> counts = new EnumMap<>(FrameFault.class);
        faults.forEach((fault, count) -> counts.put(fault, count.sum()));
        return counts;
    }
}

package io.causeway.simulator.payload;

/**
 * What every payload carries, so that its receiver can tell loss, order, duplicates and latency.
 *
 * @param run       a number that no other run has
 * @param stream    the number of the message's stream in the ledger, 0 to {@value #MAX_STREAM}
 * @param sequence  the number of the message in its stream, from 0
 * @param sentNanos when it was first sent, {@link System#nanoTime()}
 */
public record Stamp(long run, int stream, int sequence, long sentNanos) {
    public static final int MAX_STREAM = 0xFFFFFF;

    /** @throws IllegalArgumentException if a number is out of its range: a bug of the caller */
    public Stamp {
        if (stream < 0 || stream > MAX_STREAM || sequence < 0) {
            throw new IllegalArgumentException("no stamp: stream " + stream + ", sequence " + sequence);
        }
    }
}

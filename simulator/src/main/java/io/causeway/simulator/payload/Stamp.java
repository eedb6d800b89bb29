package io.causeway.simulator.payload;

/**
 * What every payload carries, so that its receiver can tell loss, order, duplicates and latency.
 *
 * @param run       distinguishes this run from others at the same broker
 * @param stream    the number of the message's stream in the ledger, from 0
 * @param sequence  the number of the message in its stream, from 0
 * @param sentNanos when it was first sent, {@link System#nanoTime()}
 */
public record Stamp(int run, int stream, int sequence, long sentNanos) {
    /** @throws IllegalArgumentException if a number is negative: a bug of the caller */
    public Stamp {
        if (stream < 0 || sequence < 0) {
            throw new IllegalArgumentException("no stamp: stream " + stream + ", sequence " + sequence);
        }
    }
}

package io.causeway.simulator.truth;

import io.causeway.codec.v12.Qos;
import java.time.Duration;
import java.util.BitSet;

/**
 * Messages of one sensor to one topic at one QoS, one way: what has an order, and is judged together. Owned by the thread
 * of the run.
 */
public final class MessageStream {
    private final int number;
    private final String group;
    private final String client;
    private final Direction direction;
    private final Qos qos;
    private final long lateAfterNanos;

    private final BitSet promised = new BitSet();
    private final BitSet arrived = new BitSet();
    /** Came for the first time after one that was sent later. */
    private final BitSet overtaken = new BitSet();

    private int sent;
    private int highest = -1;
    private long duplicates;
    private long late;

    MessageStream(int number, String group, String client, Direction direction, Qos qos, Duration lateAfter) {
        this.number = number;
        this.group = group;
        this.client = client;
        this.direction = direction;
        this.qos = qos;
        this.lateAfterNanos = lateAfter.toNanos();
    }

    public int number() {
        return number;
    }

    public String group() {
        return group;
    }

    public String client() {
        return client;
    }

    public Direction direction() {
        return direction;
    }

    public Qos qos() {
        return qos;
    }

    /** Gives the next message its number: it is about to be sent. */
    public int next() {
        return sent++;
    }

    /** Somebody has answered for the message: from now on it must arrive. */
    public void onPromised(int sequence) {
        promised.set(sequence);
    }

    /** False if it has arrived before, or nobody sent it. */
    boolean onArrived(int sequence, long latencyNanos) {
        if (sequence >= sent) {
            return false;
        }
        if (arrived.get(sequence)) {
            duplicates++;
            return false;
        }
        arrived.set(sequence);
        if (sequence < highest) {
            overtaken.set(sequence);
        }
        highest = Math.max(highest, sequence);
        if (latencyNanos > lateAfterNanos) {
            late++;
        }
        return true;
    }

    /** What was promised and is not there, lowest first. */
    public BitSet missing() {
        BitSet missing = (BitSet) promised.clone();
        missing.andNot(arrived);
        return missing;
    }

    /**
     * What came after a later one although it was promised. One that was not can still be on its way when its sender has
     * given it up and gone on.
     */
    public BitSet outOfOrder() {
        BitSet disordered = (BitSet) overtaken.clone();
        disordered.and(promised);
        return disordered;
    }

    /** All there is to count. */
    public Tally tally() {
        return new Tally(
                sent,
                promised.cardinality(),
                arrived.cardinality(),
                missing().cardinality(),
                duplicates,
                outOfOrder().cardinality(),
                late);
    }
}

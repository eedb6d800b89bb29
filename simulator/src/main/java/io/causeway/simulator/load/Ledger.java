package io.causeway.simulator.load;

import io.causeway.simulator.report.LatencyRecorder;
import io.causeway.simulator.report.Percentiles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was sent, what the gateway has promised, and what has arrived at the broker: every message by client and sequence
 * number. Owned by the thread of the run.
 */
final class Ledger {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final List<BitSet> promised = new ArrayList<>();
    private final List<BitSet> arrived = new ArrayList<>();
    private final LatencyRecorder acknowledgements = new LatencyRecorder();
    private final LatencyRecorder endToEnd = new LatencyRecorder();

    Ledger(int clients) {
        for (int client = 0; client < clients; client++) {
            promised.add(new BitSet());
            arrived.add(new BitSet());
        }
    }

    void count(Count event) {
        counts.merge(event, 1L, Long::sum);
    }

    /** At QoS 1 or 2: from now on the gateway answers for the message. */
    void onAcknowledged(int client, int sequence, long latencyNanos) {
        count(Count.ACKNOWLEDGED);
        promised.get(client).set(sequence);
        acknowledgements.record(latencyNanos);
    }

    /** @param payload of a message at the broker */
    void onArrived(ByteBuffer payload, long nowNanos) {
        if (payload.remaining() < Stamp.OCTETS) {
            count(Count.FOREIGN);
            return;
        }
        Stamp stamp = Stamp.read(payload);
        if (stamp.client() < 0 || stamp.client() >= arrived.size() || stamp.sequence() < 0) {
            count(Count.FOREIGN);
            return;
        }
        BitSet sequences = arrived.get(stamp.client());
        if (sequences.get(stamp.sequence())) {
            count(Count.DUPLICATES);
            return;
        }
        if (sequences.length() > stamp.sequence()) {
            count(Count.OUT_OF_ORDER);
        }
        count(Count.ARRIVED);
        sequences.set(stamp.sequence());
        endToEnd.record(nowNanos - stamp.sentNanos());
    }

    /** Latencies count anew. */
    void beginMeasurement() {
        acknowledgements.reset();
        endToEnd.reset();
    }

    /** Of PUBACK or PUBCOMP, from when the message was due. */
    Percentiles acknowledgements() {
        return acknowledgements.percentiles();
    }

    /** From first sent to arrived. */
    Percentiles endToEnd() {
        return endToEnd.percentiles();
    }

    long of(Count event) {
        return event == Count.MISSING ? missing() : counts.getOrDefault(event, 0L);
    }

    /** All counts as they are now. */
    Map<Count, Long> counts() {
        Map<Count, Long> copy = new EnumMap<>(Count.class);
        for (Count event : Count.values()) {
            copy.put(event, of(event));
        }
        return copy;
    }

    private long missing() {
        long missing = 0;
        for (int client = 0; client < promised.size(); client++) {
            BitSet unkept = (BitSet) promised.get(client).clone();
            unkept.andNot(arrived.get(client));
            missing += unkept.cardinality();
        }
        return missing;
    }
}

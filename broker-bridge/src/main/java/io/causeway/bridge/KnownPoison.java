package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages for which the broker was seen to end the connection, so that the next of their kind is refused without
 * cutting off everybody once more. Of one kind are messages to the same topic, with the same QoS and retain flag and at
 * least as large; after a second proof at another size, all to that topic. Bounded: the oldest is forgotten first, and
 * each after a while, because brokers are configured anew. Owned by the worker.
 */
final class KnownPoison {
    static final Duration MEMORY = Duration.ofMinutes(10);

    private static final int MOST_KINDS = 1_000;

    private record Kind(String topic, int qos, boolean retain) {
        static Kind of(ApplicationMessage message) {
            return new Kind(message.topic(), message.qos().value(), message.retain());
        }
    }

    private record Proof(int smallestOctets, long sinceNanos) {}

    private final Map<Kind, Proof> proofs = new LinkedHashMap<>();

    void add(ApplicationMessage culprit, long nowNanos) {
        Kind kind = Kind.of(culprit);
        Proof former = proofs.remove(kind);
        if (proofs.size() >= MOST_KINDS) {
            proofs.remove(proofs.keySet().iterator().next());
        }
        proofs.put(kind, new Proof(former == null ? culprit.payload().length() : 0, nowNanos));
    }

    boolean holds(ApplicationMessage message, long nowNanos) {
        if (proofs.isEmpty()) {
            return false;
        }
        Kind kind = Kind.of(message);
        Proof proof = proofs.get(kind);
        if (proof == null) {
            return false;
        }
        if (nowNanos - proof.sinceNanos() >= MEMORY.toNanos()) {
            proofs.remove(kind);
            return false;
        }
        return message.payload().length() >= proof.smallestOctets();
    }
}

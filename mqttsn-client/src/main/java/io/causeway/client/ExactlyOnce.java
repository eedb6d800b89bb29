package io.causeway.client;

import io.causeway.codec.v12.Publish;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises copies of QoS 2 messages: repetitions until PUBREL, and for some time after it what the network delivers late.
 * A copy has the packet id of its original and its content; a packet id alone says too little, because small gateways use
 * theirs again soon. Owned by the session.
 */
final class ExactlyOnce {
    /** A gateway has one message in flight; what is beyond this many has been given up by it. */
    private static final int MAX_OPEN = 256;

    private final long ageNanos;

    /** By packet id; received, but not released. */
    private final Map<Integer, Publish> open = new LinkedHashMap<>();

    /** By packet id, in the order of their release. */
    private final Map<Integer, Completed> completed = new LinkedHashMap<>();

    ExactlyOnce(Duration age) {
        this.ageNanos = age.toNanos();
    }

    /** Whether it is to be delivered. From then on its copies are not. */
    boolean isNew(Publish publish, long nowNanos) {
        Publish received = open.get(publish.msgId());
        if (received != null && isCopy(publish, received)) {
            return false;
        }
        dropOlderThan(nowNanos - ageNanos);
        Completed former = completed.get(publish.msgId());
        if (former != null && isCopy(publish, former.publish)) {
            return false;
        }
        removeEldest(open, MAX_OPEN - 1);
        open.put(publish.msgId(), publish);
        return true;
    }

    /** PUBREL: the gateway will not repeat the PUBLISH any more. */
    void complete(int packetId, long nowNanos) {
        Publish released = open.remove(packetId);
        if (released != null) {
            completed.remove(packetId);
            removeEldest(completed, MAX_OPEN - 1);
            completed.put(packetId, new Completed(released, nowNanos));
        }
    }

    void clear() {
        open.clear();
        completed.clear();
    }

    private void dropOlderThan(long oldestNanos) {
        Iterator<Completed> eldestFirst = completed.values().iterator();
        while (eldestFirst.hasNext() && eldestFirst.next().atNanos - oldestNanos < 0) {
            eldestFirst.remove();
        }
    }

    private static <V> void removeEldest(Map<Integer, V> map, int maxSize) {
        Iterator<V> eldestFirst = map.values().iterator();
        while (map.size() > maxSize) {
            eldestFirst.next();
            eldestFirst.remove();
        }
    }

    private static boolean isCopy(Publish publish, Publish original) {
        return publish.topicIdType() == original.topicIdType()
                && publish.topicId() == original.topicId()
                && publish.retain() == original.retain()
                && publish.data().equals(original.data());
    }

    private record Completed(Publish publish, long atNanos) {}
}

package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises the further copies that some brokers send of one message when several filters of ours match it (MQTT
 * 3.1.1 §3.3.5): nothing in them says that they are copies. A broker that sends one message only is found out by the
 * first one whose copy does not follow at once, and from then on nothing is taken for a copy; so that equal messages
 * which a sensor really sent twice get through. Owned by {@link Downlink}.
 */
final class OverlapCopies {
    private static final long WAIT_NANOS = 2_000_000_000L;
    private static final int MISSES_BELIEVED = 10;

    private enum Broker {
        UNKNOWN,
        SENDS_COPIES,
        SENDS_ONE
    }

    private record Content(String topic, Octets payload) {}

    private record Expected(int copies, long untilNanos) {}

    private final Map<Content, Expected> expected = new LinkedHashMap<>();
    private Broker broker = Broker.UNKNOWN;
    private int misses;

    /** @param matching how many of our filters match the message */
    boolean isCopy(ApplicationMessage message, int matching, long nowNanos) {
        if (matching < 2 || broker == Broker.SENDS_ONE) {
            return false;
        }
        countMissing(nowNanos);
        Content content = new Content(message.topic(), message.payload());
        Expected copies = expected.remove(content);
        if (copies != null) {
            broker = Broker.SENDS_COPIES;
            misses = 0;
            if (copies.copies() > 1) {
                expected.put(content, new Expected(copies.copies() - 1, copies.untilNanos()));
            }
            return true;
        }
        if (broker == Broker.UNKNOWN && !expected.isEmpty()) {
            broker = Broker.SENDS_ONE;
            expected.clear();
            return false;
        }
        expected.put(content, new Expected(matching - 1, nowNanos + WAIT_NANOS));
        return false;
    }

    /** Another connection, perhaps another broker; what was on its way is lost. */
    void onConnected() {
        expected.clear();
        broker = Broker.UNKNOWN;
        misses = 0;
    }

    /** A copy is missing once in a while also with a broker that sends them: a queue of its own was full. */
    private void countMissing(long nowNanos) {
        for (Iterator<Expected> eldest = expected.values().iterator(); eldest.hasNext(); ) {
            if (nowNanos - eldest.next().untilNanos() < 0) {
                break;
            }
            eldest.remove();
            misses++;
        }
        if (misses > (broker == Broker.SENDS_COPIES ? MISSES_BELIEVED : 0)) {
            broker = Broker.SENDS_ONE;
            expected.clear();
        }
    }
}

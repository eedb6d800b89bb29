package io.causeway.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses that have just disconnected in order. Their DISCONNECT may come again because our answer was lost, and is
 * answered again a few times, but not for ever: two peers that answer DISCONNECT with DISCONNECT would never end.
 * Owned by the shard's loop.
 */
final class Departures {
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<NetworkIdentity, Departure> recent = new LinkedHashMap<>();
    private final long rememberNanos;
    private final int answers;

    private static final class Departure {
        private final long atNanos;
        private int answersLeft;

        private Departure(long atNanos, int answersLeft) {
            this.atNanos = atNanos;
            this.answersLeft = answersLeft;
        }
    }

    Departures(SessionSettings settings) {
        this.answers = Math.max(1, settings.retryCount());
        this.rememberNanos = settings.retryNanos() * (settings.retryCount() + 1);
    }

    void add(NetworkIdentity identity, long nowNanos) {
        Iterator<Departure> oldestFirst = recent.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean over = nowNanos - oldestFirst.next().atNanos >= rememberNanos;
            if (!over && recent.size() < MAX_REMEMBERED) {
                break;
            }
            oldestFirst.remove();
        }
        recent.remove(identity);
        recent.put(identity, new Departure(nowNanos, answers));
    }

    void forget(NetworkIdentity identity) {
        recent.remove(identity);
    }

    boolean mayAnswer(NetworkIdentity identity, long nowNanos) {
        Departure departure = recent.get(identity);
        if (departure == null || nowNanos - departure.atNanos >= rememberNanos || departure.answersLeft == 0) {
            return false;
        }
        departure.answersLeft--;
        return true;
    }
}

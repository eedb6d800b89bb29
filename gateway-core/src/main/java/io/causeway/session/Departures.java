package io.causeway.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Addresses whose clients have just gone. Their DISCONNECT may come again because our answer was lost, and is answered
 * again a few times, but not for ever: two peers that answer DISCONNECT with DISCONNECT would never end. Owned by the
 * shard's loop.
 */
final class Departures {
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<NetworkIdentity, Departure> recent = new LinkedHashMap<>();
    private final long rememberNanos;
    private final int answers;
    private final Consumer<NetworkIdentity> whenOver;

    private static final class Departure {
        private final long atNanos;
        private int answersLeft;

        private Departure(long atNanos, int answersLeft) {
            this.atNanos = atNanos;
            this.answersLeft = answersLeft;
        }
    }

    /** @param whenOver told of addresses that are remembered no longer, unless by {@link #forget} */
    Departures(SessionSettings settings, Consumer<NetworkIdentity> whenOver) {
        this.whenOver = whenOver;
        this.answers = Math.max(1, settings.retryCount());
        this.rememberNanos = settings.retryNanos() * (settings.retryCount() + 1);
    }

    void add(NetworkIdentity identity, long nowNanos) {
        recent.remove(identity);
        Iterator<Map.Entry<NetworkIdentity, Departure>> oldestFirst =
                recent.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<NetworkIdentity, Departure> oldest = oldestFirst.next();
            boolean over = nowNanos - oldest.getValue().atNanos >= rememberNanos;
            if (!over && recent.size() < MAX_REMEMBERED) {
                break;
            }
            oldestFirst.remove();
            whenOver.accept(oldest.getKey());
        }
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

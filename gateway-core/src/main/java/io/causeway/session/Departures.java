package io.causeway.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
        private final ClientPort port;
        private final long atNanos;
        private int answersLeft;

        private Departure(ClientPort port, long atNanos, int answersLeft) {
            this.port = port;
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

    /** @param port by which the client is answered there, should it not have heard us */
    void add(NetworkIdentity identity, ClientPort port, long nowNanos) {
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
        recent.put(identity, new Departure(port, nowNanos, answers));
    }

    /** Somebody else may be there now: what is held back for the client that has gone is dropped. */
    void forget(NetworkIdentity identity) {
        Departure departure = recent.remove(identity);
        if (departure != null) {
            departure.port.close();
        }
    }

    /** The way to answer a DISCONNECT from there once more, or null if it is not to be answered. */
    @Nullable
    ClientPort answerable(NetworkIdentity identity, long nowNanos) {
        Departure departure = recent.get(identity);
        if (departure == null || nowNanos - departure.atNanos >= rememberNanos || departure.answersLeft == 0) {
            return null;
        }
        departure.answersLeft--;
        return departure.port;
    }
}

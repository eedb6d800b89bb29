package io.causeway.bridge.rules;

import io.causeway.routing.ApplicationMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows again what was sent across and comes back because the other broker serves all its subscribers, the bridge too:
 * MQTT 3.1.1 has no way to ask it not to. Each message sent is good for one that comes. Safe for many threads.
 */
final class Echoes {
    /** More than so many that are sent and have not come back are forgotten, the oldest first. */
    static final int MOST = 100_000;

    private final Map<Key, Integer> awaited = new LinkedHashMap<>();

    private record Key(String topic, int length, int hash) {
        private static Key of(ApplicationMessage message) {
            return new Key(
                    message.topic(),
                    message.payload().length(),
                    message.payload().hashCode());
        }
    }

    /** @param message as it is sent */
    synchronized void onSent(ApplicationMessage message) {
        awaited.merge(Key.of(message), 1, Integer::sum);
        if (awaited.size() > MOST) {
            awaited.remove(awaited.keySet().iterator().next());
        }
    }

    /** It was not sent after all. */
    synchronized void onRefused(ApplicationMessage message) {
        isEcho(message);
    }

    /** Whether what comes was sent from here; it is forgotten then. */
    synchronized boolean isEcho(ApplicationMessage message) {
        Key key = Key.of(message);
        Integer count = awaited.get(key);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            awaited.remove(key);
        } else {
            awaited.put(key, count - 1);
        }
        return true;
    }
}

package io.causeway.broker.listen;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Connections that have not sent CONNECT, oldest first. A client sends it at once; who keeps silent the longest goes
 * when there are too many. Safe for many threads, by a lock that is held for moments.
 */
final class Strangers {
    private final int bound;
    private final Set<Channel> oldestFirst = new LinkedHashSet<>();

    /** @param bound from 1 */
    Strangers(int bound) {
        this.bound = bound;
    }

    /** Takes one in, and names the one that has to go for it. */
    synchronized Optional<Channel> add(Channel channel) {
        oldestFirst.add(channel);
        if (oldestFirst.size() <= bound) {
            return Optional.empty();
        }
        Iterator<Channel> oldest = oldestFirst.iterator();
        Channel evicted = oldest.next();
        oldest.remove();
        return Optional.of(evicted);
    }

    /** Gives up the one that has been silent for longest. */
    synchronized Optional<Channel> removeOldest() {
        Iterator<Channel> oldest = oldestFirst.iterator();
        if (!oldest.hasNext()) {
            return Optional.empty();
        }
        Channel evicted = oldest.next();
        oldest.remove();
        return Optional.of(evicted);
    }

    /** It has sent CONNECT, or is closed. */
    synchronized void remove(Channel channel) {
        oldestFirst.remove(channel);
    }
}

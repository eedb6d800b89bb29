package io.causeway.store;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory: over a restart within one process, and for tests, which can have it wait before units
 * become durable, and lose those that wait. Safe for many threads.
 */
public final class MemorySessionStore implements SessionStore {
    private static final class Parts {
        private final StoredSession values;
        private final Map<String, StoredSubscription> subscriptions;
        private final Map<Integer, StoredAlias> aliases;
        private final Map<Long, StoredMessage> messages;
        private final Map<Integer, StoredReceived> received;

        private Parts(StoredSession values, @Nullable Parts former) {
            this.values = values;
            this.subscriptions = former == null ? new LinkedHashMap<>() : former.subscriptions;
            this.aliases = former == null ? new TreeMap<>() : former.aliases;
            this.messages = former == null ? new TreeMap<>() : former.messages;
            this.received = former == null ? new LinkedHashMap<>() : former.received;
        }

        private KeptSession toKept() {
            return new KeptSession(
                    values,
                    List.copyOf(subscriptions.values()),
                    List.copyOf(aliases.values()),
                    0,
                    List.copyOf(messages.values()),
                    List.copyOf(received.values()));
        }
    }

    private record ArrivalKey(String link, int packetId) {}

    private record ForwardKey(long sequence, String link) {}

    private final Map<Long, Parts> sessions = new TreeMap<>();
    private final Map<String, ApplicationMessage> retained = new LinkedHashMap<>();
    private final Map<Long, StoredWill> wills = new TreeMap<>();
    private final NavigableMap<ForwardKey, StoredForward> forwards =
            new TreeMap<>(Comparator.comparingLong(ForwardKey::sequence).thenComparing(ForwardKey::link));
    private final Map<ArrivalKey, StoredArrival> arrivals = new LinkedHashMap<>();
    private final Deque<Changes> waiting = new ArrayDeque<>();
    private long lastId;
    private boolean holding;
    private boolean taking = true;

    /** From now on units wait for {@link #commit}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Makes the oldest units that wait durable, no more than so many. */
    public void commit(int units) {
        for (int i = 0; i < units; i++) {
            Changes oldest;
            synchronized (this) {
                oldest = waiting.poll();
                if (oldest == null) {
                    return;
                }
                oldest.toList().forEach(this::apply);
            }
            oldest.becomeDurable();
        }
    }

    /** Units that wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** The power fails: what waits is lost, and whoever still submits to this store does so in vain. */
    public synchronized MemorySessionStore crash() {
        waiting.clear();
        holding = true;
        MemorySessionStore survivor = new MemorySessionStore();
        sessions.forEach((id, parts) -> survivor.sessions.put(id, copyOf(parts)));
        survivor.retained.putAll(retained);
        survivor.wills.putAll(wills);
        survivor.forwards.putAll(forwards);
        survivor.arrivals.putAll(arrivals);
        survivor.lastId = lastId;
        return survivor;
    }

    /** As when the disk is full, or is not any more. */
    public synchronized void setTaking(boolean nowTaking) {
        taking = nowTaking;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public synchronized void load(Contents contents) {
        retained.values().forEach(contents::onRetained);
        sessions.values().forEach(each -> contents.onSession(each.toKept()));
        wills.values().forEach(contents::onWill);
        arrivals.values().forEach(contents::onArrival);
    }

    @Override
    public synchronized long nextId() {
        return ++lastId;
    }

    @Override
    public Changes begin() {
        return new Changes(this::submitted);
    }

    @Override
    public synchronized boolean isTaking() {
        return taking;
    }

    @Override
    public void hurry() {
        // Nothing waits for company.
    }

    @Override
    public synchronized Optional<String> trouble() {
        return taking ? Optional.empty() : Optional.of("no room");
    }

    @Override
    public synchronized List<StoredForward> forwards(String link, long after, int limit) {
        return forwards.values().stream()
                .filter(each -> each.link().equals(link) && each.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void outlines(String link, Consumer<StoredForward.Outline> visitor) {
        for (StoredForward each : forwards.values()) {
            if (each.link().equals(link)) {
                ApplicationMessage message = each.message();
                Qos qos = message.qos();
                visitor.accept(new StoredForward.Outline(
                        each.sequence(),
                        each.publisher(),
                        message.topic(),
                        message.weightOctets(),
                        qos,
                        each.packetId(),
                        each.released(),
                        each.sinceNanos()));
            }
        }
    }

    @Override
    public void close() {
        commit(Integer.MAX_VALUE);
    }

    private void submitted(Changes unit) {
        synchronized (this) {
            waiting.add(unit);
            if (holding) {
                return;
            }
        }
        commit(Integer.MAX_VALUE);
    }

    private static Parts copyOf(Parts parts) {
        Parts copy = new Parts(parts.values, null);
        copy.subscriptions.putAll(parts.subscriptions);
        copy.aliases.putAll(parts.aliases);
        copy.messages.putAll(parts.messages);
        copy.received.putAll(parts.received);
        return copy;
    }

    private void apply(Change change) {
        if (change instanceof Change.PutSession put) {
            long id = put.session().id();
            sessions.put(id, new Parts(put.session(), sessions.get(id)));
        } else if (change instanceof Change.RemoveSession remove) {
            sessions.remove(remove.session());
        } else if (change instanceof Change.PutRetained put) {
            retained.put(put.message().topic(), put.message());
        } else if (change instanceof Change.RemoveRetained remove) {
            retained.remove(remove.topic());
        } else if (change instanceof Change.PutWill put) {
            wills.put(put.will().id(), put.will());
        } else if (change instanceof Change.RemoveWill remove) {
            wills.remove(remove.id());
        } else if (change instanceof Change.PutForward put) {
            StoredForward forward = put.forward();
            forwards.put(new ForwardKey(forward.sequence(), forward.link()), forward);
        } else if (change instanceof Change.MarkForward mark) {
            forwardsAt(mark.sequence()).replaceAll((unused, each) -> marked(each, mark));
        } else if (change instanceof Change.RemoveForward remove) {
            forwardsAt(remove.sequence()).clear();
        } else if (change instanceof Change.PutArrival put) {
            StoredArrival arrival = put.arrival();
            arrivals.put(new ArrivalKey(arrival.link(), arrival.packetId()), arrival);
        } else if (change instanceof Change.RemoveArrival remove) {
            arrivals.remove(new ArrivalKey(remove.link(), remove.packetId()));
        } else {
            applyWithin(change);
        }
    }

    /** What belongs to a session; without it, it is nobody's. */
    private void applyWithin(Change change) {
        if (change instanceof Change.PutSubscription put) {
            with(
                    put.session(),
                    parts -> parts.subscriptions.put(put.subscription().filter(), put.subscription()));
        } else if (change instanceof Change.RemoveSubscription remove) {
            with(remove.session(), parts -> parts.subscriptions.remove(remove.filter()));
        } else if (change instanceof Change.PutAlias put) {
            with(put.session(), parts -> parts.aliases.put(put.alias().value(), put.alias()));
        } else if (change instanceof Change.PutMessage put) {
            with(put.session(), parts -> parts.messages.put(put.message().sequence(), put.message()));
        } else if (change instanceof Change.MarkMessage mark) {
            with(
                    mark.session(),
                    parts -> parts.messages.computeIfPresent(mark.sequence(), (unused, each) -> marked(each, mark)));
        } else if (change instanceof Change.RemoveMessage remove) {
            with(remove.session(), parts -> parts.messages.remove(remove.sequence()));
        } else if (change instanceof Change.PutReceived put) {
            with(put.session(), parts -> parts.received.put(put.received().packetId(), put.received()));
        } else if (change instanceof Change.RemoveReceived remove) {
            with(remove.session(), parts -> parts.received.remove(remove.packetId()));
        }
    }

    private void with(long session, Consumer<Parts> work) {
        Parts parts = sessions.get(session);
        if (parts != null) {
            work.accept(parts);
        }
    }

    private static StoredMessage marked(StoredMessage message, Change.MarkMessage mark) {
        return new StoredMessage(
                message.sequence(), message.message(), message.identifiers(), mark.packetId(), mark.released());
    }

    private SortedMap<ForwardKey, StoredForward> forwardsAt(long sequence) {
        return forwards.subMap(new ForwardKey(sequence, ""), new ForwardKey(sequence + 1, ""));
    }

    private static StoredForward marked(StoredForward forward, Change.MarkForward mark) {
        return new StoredForward(
                forward.sequence(),
                forward.link(),
                forward.publisher(),
                forward.message(),
                mark.packetId(),
                mark.released(),
                forward.sinceNanos());
    }
}

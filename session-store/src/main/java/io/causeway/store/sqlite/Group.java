package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSubscription;
import io.causeway.store.StoredWill;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of one commit come to: a later one has replaced an earlier one of the same thing, and what came and
 * went is not in it. Owned by the writer.
 */
final class Group {
    /** The key of an arrival. */
    record ArrivalKey(String link, int packetId) {}

    /** What a group comes to for one session. */
    static final class OfSession {
        final long session;
        final boolean removed;
        final Pending<String, StoredSubscription, Change> subscriptions = new Pending<>(false);
        final Pending<Integer, StoredAlias, Change> aliases = new Pending<>(false);
        final Pending<Long, StoredMessage, Change.MarkMessage> messages = new Pending<>(true);
        final Pending<Integer, StoredReceived, Change> received = new Pending<>(false);

        @Nullable
        StoredSession values;

        /** @param removed with all that belonged to it, before the rest is done */
        private OfSession(long session, boolean removed) {
            this.session = session;
            this.removed = removed;
        }

        private int size() {
            return (removed ? 1 : 0)
                    + (values == null ? 0 : 1)
                    + subscriptions.size()
                    + aliases.size()
                    + messages.size()
                    + received.size();
        }
    }

    private final Map<Long, OfSession> sessions = new LinkedHashMap<>();
    private final Pending<String, ApplicationMessage, Change> retained = new Pending<>(false);
    private final Pending<Long, StoredWill, Change> wills = new Pending<>(false);
    private final Pending<Long, StoredForward, Change.MarkForward> forwards = new Pending<>(true);
    private final Pending<ArrivalKey, StoredArrival, Change> arrivals = new Pending<>(false);

    Collection<OfSession> sessions() {
        return sessions.values();
    }

    Pending<String, ApplicationMessage, Change> retained() {
        return retained;
    }

    Pending<Long, StoredWill, Change> wills() {
        return wills;
    }

    Pending<Long, StoredForward, Change.MarkForward> forwards() {
        return forwards;
    }

    Pending<ArrivalKey, StoredArrival, Change> arrivals() {
        return arrivals;
    }

    /** How much there is to write. */
    int size() {
        int size = retained.size() + wills.size() + forwards.size() + arrivals.size();
        for (OfSession each : sessions.values()) {
            size += each.size();
        }
        return size;
    }

    void add(Change change) {
        if (change instanceof Change.PutForward put) {
            forwards.put(put.forward().sequence(), put.forward());
        } else if (change instanceof Change.MarkForward mark) {
            forwards.mark(mark.sequence(), mark, forward -> marked(forward, mark));
        } else if (change instanceof Change.RemoveForward remove) {
            forwards.remove(remove.sequence());
        } else if (change instanceof Change.PutRetained put) {
            retained.put(put.message().topic(), put.message());
        } else if (change instanceof Change.RemoveRetained remove) {
            retained.remove(remove.topic());
        } else if (change instanceof Change.PutWill put) {
            wills.put(put.will().id(), put.will());
        } else if (change instanceof Change.RemoveWill remove) {
            wills.remove(remove.id());
        } else if (change instanceof Change.PutArrival put) {
            StoredArrival arrival = put.arrival();
            arrivals.put(new ArrivalKey(arrival.link(), arrival.packetId()), arrival);
        } else if (change instanceof Change.RemoveArrival remove) {
            arrivals.remove(new ArrivalKey(remove.link(), remove.packetId()));
        } else {
            addOfSession(change);
        }
    }

    private void addOfSession(Change change) {
        if (change instanceof Change.PutMessage put) {
            of(put.session()).messages.put(put.message().sequence(), put.message());
        } else if (change instanceof Change.MarkMessage mark) {
            of(mark.session()).messages.mark(mark.sequence(), mark, message -> marked(message, mark));
        } else if (change instanceof Change.RemoveMessage remove) {
            of(remove.session()).messages.remove(remove.sequence());
        } else if (change instanceof Change.PutSession put) {
            of(put.session().id()).values = put.session();
        } else if (change instanceof Change.RemoveSession remove) {
            sessions.put(remove.session(), new OfSession(remove.session(), true));
        } else if (change instanceof Change.PutSubscription put) {
            of(put.session()).subscriptions.put(put.subscription().filter(), put.subscription());
        } else if (change instanceof Change.RemoveSubscription remove) {
            of(remove.session()).subscriptions.remove(remove.filter());
        } else if (change instanceof Change.PutAlias put) {
            of(put.session()).aliases.put(put.alias().value(), put.alias());
        } else if (change instanceof Change.PutReceived put) {
            of(put.session()).received.put(put.received().packetId(), put.received());
        } else if (change instanceof Change.RemoveReceived remove) {
            of(remove.session()).received.remove(remove.packetId());
        }
    }

    private OfSession of(long session) {
        return sessions.computeIfAbsent(session, id -> new OfSession(id, false));
    }

    private static StoredMessage marked(StoredMessage message, Change.MarkMessage mark) {
        return new StoredMessage(
                message.sequence(), message.message(), message.identifiers(), mark.packetId(), mark.released());
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

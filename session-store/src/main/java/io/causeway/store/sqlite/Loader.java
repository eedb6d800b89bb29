package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSession.Protocol;
import io.causeway.store.StoredSession.State;
import io.causeway.store.StoredWill;
import io.causeway.store.sqlite.Table.Owned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Shows what is kept, one session after the other: their rows and those of what belongs to them are read side by side,
 * so that never more than one session is held. What cannot be decoded is left out, and left alone: of a session whose own
 * row is such a one, all, as long as its client has no other. For one use.
 */
final class Loader {
    private static final long FOR_EVER_SECONDS = 0xffff_ffffL;

    private final Connection connection;
    private final Moment now;
    private final DamagedRows damaged;
    private final Contents contents;
    private final Set<Long> over = new LinkedHashSet<>();
    private final Set<Long> ownerless = new LinkedHashSet<>();

    Loader(Connection connection, Moment now, DamagedRows damaged, Contents contents) {
        this.connection = connection;
        this.now = now;
        this.damaged = damaged;
        this.contents = contents;
    }

    /**
     * Everything, as it is at one moment.
     *
     * @return the ids of sessions that have expired, or whose clients have begun anew, or that are no more though something
     *     of theirs is left: to be removed
     */
    Set<Long> load() throws SQLException {
        connection.setAutoCommit(false);
        try {
            loadAll();
            for (Long each : ownerless) {
                if (!isSession(each)) {
                    over.add(each);
                }
            }
            return over;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void loadAll() throws SQLException {
        try (Rows<ApplicationMessage> retained = rows(Table.RETAINED, "")) {
            for (var each = retained.next(); each != null; each = retained.next()) {
                if (!each.properties().isExpired(now.nanos())) {
                    contents.onRetained(each);
                }
            }
        }
        loadSessions();
        try (Rows<StoredWill> wills = rows(Table.WILL, "ORDER BY id")) {
            for (var each = wills.next(); each != null; each = wills.next()) {
                contents.onWill(each);
            }
        }
        try (Rows<StoredArrival> arrivals = rows(Table.ARRIVAL, "")) {
            for (var each = arrivals.next(); each != null; each = arrivals.next()) {
                contents.onArrival(each);
            }
        }
    }

    private void loadSessions() throws SQLException {
        findSuperseded();
        try (var sessions = rows(Table.SESSION, "ORDER BY id");
                var subscriptions = rows(Table.SUBSCRIPTION, "ORDER BY session, place");
                var aliases = rows(Table.ALIAS, "ORDER BY session, value");
                var messages = rows(Table.MESSAGES, "ORDER BY session, sequence");
                var received = rows(Table.RECEIVED, "ORDER BY session, packet_id")) {
            for (var each = sessions.next(); each != null; each = sessions.next()) {
                List<StoredAlias> known = take(aliases, each.id(), all -> true);
                KeptSession kept = new KeptSession(
                        each,
                        take(subscriptions, each.id(), all -> true),
                        known,
                        aliasesOf(each.id(), known.size()) - known.size(),
                        take(messages, each.id(), this::isWanted),
                        take(received, each.id(), all -> true));
                if (isOver(each)) {
                    over.add(each.id());
                }
                if (!over.contains(each.id())) {
                    contents.onSession(kept);
                }
            }
            passAll(subscriptions);
            passAll(aliases);
            passAll(messages);
            passAll(received);
        }
    }

    /** What could not be taken up earlier must not come back when its client has had another session since. */
    private void findSuperseded() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet ids = statement.executeQuery("SELECT id FROM session WHERE client_id <> '' AND id NOT IN"
                        + " (SELECT max(id) FROM session GROUP BY client_id)")) {
            while (ids.next()) {
                over.add(ids.getLong(1));
            }
        }
    }

    /** What belongs to a session; what comes before it belongs to none that was shown. */
    private <V> List<V> take(Rows<Owned<V>> rows, long session, Predicate<? super V> wanted) throws SQLException {
        List<V> values = new ArrayList<>();
        for (Owned<V> each = rows.peek(); each != null && each.session() <= session; each = rows.peek()) {
            rows.next();
            if (each.session() < session) {
                ownerless.add(each.session());
            } else if (wanted.test(each.value())) {
                values.add(each.value());
            }
        }
        return values;
    }

    private <V> void passAll(Rows<Owned<V>> rest) throws SQLException {
        take(rest, Long.MAX_VALUE, all -> false);
    }

    /** One that is on its way is not withdrawn. */
    private boolean isWanted(StoredMessage message) {
        return message.packetId() != 0 || !message.message().properties().isExpired(now.nanos());
    }

    /** How many it has; those that have been read, unless rows have been left out. */
    private int aliasesOf(long session, int read) throws SQLException {
        if (damaged.count() == 0) {
            return read;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM alias WHERE session = ?")) {
            statement.setLong(1, session);
            return statement.executeQuery().getInt(1);
        }
    }

    /** A session with a will is not: its end is what the will waits for. */
    private boolean isOver(StoredSession session) {
        return session.protocol() == Protocol.MQTT
                && session.state() == State.DISCONNECTED
                && session.will() == null
                && session.expirySeconds() < FOR_EVER_SECONDS
                && now.nanos() - session.sinceNanos() >= TimeUnit.SECONDS.toNanos(session.expirySeconds());
    }

    /** Also one whose row cannot be decoded. */
    private boolean isSession(long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM session WHERE id = ?")) {
            statement.setLong(1, id);
            return statement.executeQuery().next();
        }
    }

    private <T> Rows<T> rows(Table<T> table, String order) throws SQLException {
        return new Rows<>(connection.prepareStatement(table.select() + order), table, now, damaged);
    }
}

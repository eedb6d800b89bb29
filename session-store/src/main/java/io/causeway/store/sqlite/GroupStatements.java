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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Writes a group into the file, in batches of prepared statements. Owned by the writer. */
final class GroupStatements {
    private final Connection connection;
    private final LongSupplier nextPlace;
    /** In the order in which they are executed: all removals first, and of whole sessions before all. */
    private final List<PreparedStatement> all = new ArrayList<>();

    private final List<PreparedStatement> removeSession = new ArrayList<>();
    private final PreparedStatement removeSubscription;
    private final PreparedStatement removeAlias;
    private final PreparedStatement removeMessage;
    private final PreparedStatement removeReceived;
    private final PreparedStatement removeRetained;
    private final PreparedStatement removeWill;
    private final PreparedStatement removeForward;
    private final PreparedStatement removeArrival;
    private final PreparedStatement putSession;
    private final PreparedStatement putSubscription;
    private final PreparedStatement putAlias;
    private final PreparedStatement putMessage;
    private final PreparedStatement putReceived;
    private final PreparedStatement putRetained;
    private final PreparedStatement putWill;
    private final PreparedStatement putLink;
    private final PreparedStatement putForward;
    private final PreparedStatement putArrival;
    private final PreparedStatement markMessage;
    private final PreparedStatement markForward;
    private final PreparedStatement keepNumber;

    /** @param nextPlace a number above all before it: the place of a new subscription among the others */
    GroupStatements(Connection connection, LongSupplier nextPlace) throws SQLException {
        this.connection = connection;
        this.nextPlace = nextPlace;
        removeSession.add(prepare("DELETE FROM session WHERE id = ?"));
        for (Table<?> each : Table.OF_SESSIONS) {
            removeSession.add(prepare("DELETE FROM " + each.name() + " WHERE session = ?"));
        }
        removeSubscription = prepare("DELETE FROM subscription WHERE session = ? AND filter = ?");
        removeAlias = prepare("DELETE FROM alias WHERE session = ? AND value = ?");
        removeMessage = prepare("DELETE FROM message WHERE session = ? AND sequence = ?");
        removeReceived = prepare("DELETE FROM received WHERE session = ? AND packet_id = ?");
        removeRetained = prepare("DELETE FROM retained WHERE topic = ?");
        removeWill = prepare("DELETE FROM will WHERE id = ?");
        removeForward = prepare("DELETE FROM forward WHERE link IN (SELECT name FROM link) AND sequence = ?");
        removeArrival = prepare("DELETE FROM arrival WHERE link = ? AND packet_id = ?");
        putSession = prepare(Table.SESSION.replace());
        putSubscription = prepare(Table.SUBSCRIPTION.upsert(
                "session, filter",
                List.of("qos", "form", "no_local", "retain_as_published", "identifier", "retained_owed")));
        putAlias = prepare(Table.ALIAS.replace());
        putMessage = prepare(Table.MESSAGES.replace());
        putReceived = prepare(Table.RECEIVED.replace());
        putRetained = prepare(Table.RETAINED.replace());
        putWill = prepare(Table.WILL.replace());
        putLink = prepare("INSERT OR IGNORE INTO link (name) VALUES (?)");
        putForward = prepare(Table.FORWARD.replace());
        putArrival = prepare(Table.ARRIVAL.replace());
        markMessage = prepare("UPDATE message SET packet_id = ?, released = ? WHERE session = ? AND sequence = ?");
        markForward = prepare("UPDATE forward SET packet_id = ?, released = ?"
                + " WHERE link IN (SELECT name FROM link) AND sequence = ?");
        keepNumber = prepare("INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)");
    }

    /** @param now what the times in the group are measured by */
    void write(Group group, Moment now) throws SQLException {
        for (Group.OfSession each : group.sessions()) {
            addSession(each, now);
        }
        for (String topic : group.retained().removals()) {
            add(removeRetained, now, row -> row.add(topic));
        }
        for (ApplicationMessage each : group.retained().rows()) {
            add(putRetained, now, row -> row.add(each));
        }
        for (Long id : group.wills().removals()) {
            add(removeWill, now, row -> row.add(id));
        }
        for (StoredWill each : group.wills().rows()) {
            add(
                    putWill,
                    now,
                    row -> row.add(each.id())
                            .add(each.clientId())
                            .add(each.user())
                            .add(each.message()));
        }
        addForwards(group.forwards(), now);
        for (Group.ArrivalKey key : group.arrivals().removals()) {
            add(removeArrival, now, row -> row.add(key.link()).add(key.packetId()));
        }
        for (StoredArrival each : group.arrivals().rows()) {
            add(
                    putArrival,
                    now,
                    row -> row.add(each.link())
                            .add(each.packetId())
                            .add(each.message())
                            .add(each.delivered()));
        }
        for (PreparedStatement each : all) {
            each.executeBatch();
        }
    }

    /** All ids up to this one may have been given out. */
    void reserveIds(long upTo) throws SQLException {
        keepNumber("reserved_id", upTo);
    }

    void keepAnchor(Anchor anchor) throws SQLException {
        keepNumber(Anchor.FILE_MILLIS, anchor.fileMillis());
        keepNumber(Anchor.WALL_MILLIS, anchor.wallMillis());
    }

    private void keepNumber(String name, long value) throws SQLException {
        keepNumber.setString(1, name);
        keepNumber.setLong(2, value);
        keepNumber.executeUpdate();
    }

    private void addSession(Group.OfSession group, Moment now) throws SQLException {
        long session = group.session;
        if (group.removed) {
            for (PreparedStatement each : removeSession) {
                add(each, now, row -> row.add(session));
            }
        }
        StoredSession values = group.values;
        if (values != null) {
            add(putSession, now, row -> addValues(row, values));
        }
        addSubscriptions(session, group.subscriptions, now);
        for (Integer value : group.aliases.removals()) {
            add(removeAlias, now, row -> row.add(session).add(value));
        }
        for (StoredAlias each : group.aliases.rows()) {
            add(
                    putAlias,
                    now,
                    row -> row.add(session).add(each.value()).add(each.topic()).add(each.known()));
        }
        addMessages(session, group.messages, now);
        for (Integer packetId : group.received.removals()) {
            add(removeReceived, now, row -> row.add(session).add(packetId));
        }
        for (StoredReceived each : group.received.rows()) {
            add(putReceived, now, row -> row.add(session).add(each.packetId()).add(each.fingerprint()));
        }
    }

    private void addSubscriptions(long session, Pending<String, StoredSubscription, Change> pending, Moment now)
            throws SQLException {
        for (String filter : pending.removals()) {
            add(removeSubscription, now, row -> row.add(session).add(filter));
        }
        for (StoredSubscription each : pending.rows()) {
            add(
                    putSubscription,
                    now,
                    row -> row.add(session)
                            .add(each.filter())
                            .add(each.qos().value())
                            .add(each.form())
                            .add(each.noLocal())
                            .add(each.retainAsPublished())
                            .add(each.identifier())
                            .add(each.retainedOwed())
                            .add(nextPlace.getAsLong()));
        }
    }

    private void addMessages(long session, Pending<Long, StoredMessage, Change.MarkMessage> pending, Moment now)
            throws SQLException {
        for (Long sequence : pending.removals()) {
            add(removeMessage, now, row -> row.add(session).add(sequence));
        }
        for (StoredMessage each : pending.rows()) {
            add(
                    putMessage,
                    now,
                    row -> row.add(session)
                            .add(each.sequence())
                            .add(each.message())
                            .add(each.identifiers())
                            .add(each.packetId())
                            .add(each.released()));
        }
        for (Change.MarkMessage each : pending.marks()) {
            add(
                    markMessage,
                    now,
                    row -> row.add(each.packetId())
                            .add(each.released())
                            .add(session)
                            .add(each.sequence()));
        }
    }

    private void addForwards(Pending<Long, StoredForward, Change.MarkForward> pending, Moment now) throws SQLException {
        for (Long sequence : pending.removals()) {
            add(removeForward, now, row -> row.add(sequence));
        }
        Set<String> links = new HashSet<>();
        for (StoredForward each : pending.rows()) {
            if (links.add(each.link())) {
                add(putLink, now, row -> row.add(each.link()));
            }
            add(
                    putForward,
                    now,
                    row -> row.add(each.link())
                            .add(each.sequence())
                            .add(each.publisher())
                            .add(each.message())
                            .add(each.packetId())
                            .add(each.released())
                            .addTime(each.sinceNanos())
                            .add(each.message().weightOctets()));
        }
        for (Change.MarkForward each : pending.marks()) {
            add(
                    markForward,
                    now,
                    row -> row.add(each.packetId()).add(each.released()).add(each.sequence()));
        }
    }

    private static Parameters addValues(Parameters row, StoredSession values) throws SQLException {
        return row.add(values.id())
                .add(values.protocol().name())
                .add(values.clientId())
                .add(values.user())
                .add(values.state().name())
                .add(values.persistent())
                .add(values.address())
                .add(values.keepAlive().toMillis())
                .add(values.sleepDuration().toMillis())
                .add(values.expirySeconds())
                .addTime(values.sinceNanos())
                .add(values.will())
                .add(values.willDelaySeconds())
                .add(values.lastPacketId())
                .add(values.lastReceivedPacketId());
    }

    /** Fills in one row of a batch. */
    @FunctionalInterface
    private interface Row {
        @SuppressWarnings("UnusedReturnValue")
        Parameters fill(Parameters parameters) throws SQLException;
    }

    private static void add(PreparedStatement statement, Moment now, Row row) throws SQLException {
        row.fill(new Parameters(statement, now));
        statement.addBatch();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        all.add(statement);
        return statement;
    }
}

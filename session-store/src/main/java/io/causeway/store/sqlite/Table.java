package io.causeway.store.sqlite;

import io.causeway.routing.ApplicationMessage;
import io.causeway.store.StoredAlias;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredForward;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredReceived;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSession.Protocol;
import io.causeway.store.StoredSession.State;
import io.causeway.store.StoredSubscription;
import io.causeway.store.StoredWill;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table, and how its rows become values again; {@link GroupStatements} does the other way round.
 *
 * @param columns    in the order in which they are written and read, those of the key first
 * @param keyColumns how many the key has
 * @param <T>        what a row is
 */
record Table<T>(String name, List<String> columns, int keyColumns, Reader<T> reader) {
    /** Makes a value of the row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Columns columns) throws SQLException;
    }

    /** A row of a table whose rows belong to sessions. */
    record Owned<T>(long session, T value) {}

    private static final String MESSAGE = "topic,payload,qos,retain,properties,expires";

    static final Table<StoredSession> SESSION = of(
            "session",
            1,
            "id,protocol,client_id,user,state,persistent,address,keep_alive_ms,sleep_duration_ms,expiry_seconds,since,"
                    + "will_topic,will_payload,will_qos,will_retain,will_properties,will_expires,will_delay_seconds,"
                    + "last_packet_id,last_received_packet_id",
            Table::readSession);

    static final Table<Owned<StoredSubscription>> SUBSCRIPTION = ofSession(
            "subscription",
            "filter,qos,form,no_local,retain_as_published,identifier,retained_owed,place",
            columns -> new StoredSubscription(
                    columns.nextText(),
                    columns.nextQos(),
                    columns.nextText(),
                    columns.nextBoolean(),
                    columns.nextBoolean(),
                    columns.nextInt(),
                    columns.nextBoolean()));

    static final Table<Owned<StoredAlias>> ALIAS = ofSession(
            "alias",
            "value,topic,known",
            columns -> new StoredAlias(columns.nextInt(), columns.nextText(), columns.nextBoolean()));

    static final Table<Owned<StoredMessage>> MESSAGES = ofSession(
            "message",
            "sequence," + MESSAGE + ",identifiers,packet_id,released",
            columns -> new StoredMessage(
                    columns.nextLong(),
                    columns.nextMessage(),
                    columns.nextNumbers(),
                    columns.nextInt(),
                    columns.nextBoolean()));

    static final Table<Owned<StoredReceived>> RECEIVED = ofSession(
            "received", "packet_id,fingerprint", columns -> new StoredReceived(columns.nextInt(), columns.nextLong()));

    static final Table<ApplicationMessage> RETAINED = of("retained", 1, MESSAGE, Columns::nextMessage);

    static final Table<StoredWill> WILL = of(
            "will",
            1,
            "id,client_id,user," + MESSAGE,
            columns ->
                    new StoredWill(columns.nextLong(), columns.nextText(), columns.nextText(), columns.nextMessage()));

    static final Table<StoredForward> FORWARD =
            of("forward", 2, "link,sequence,publisher," + MESSAGE + ",packet_id,released,since,octets", columns -> {
                String link = columns.nextText();
                return new StoredForward(
                        columns.nextLong(),
                        link,
                        columns.nextText(),
                        columns.nextMessage(),
                        columns.nextInt(),
                        columns.nextBoolean(),
                        columns.nextTime());
            });

    /** The same rows without payloads, which are what is heavy in them; one that is damaged is so here too. */
    static final Table<StoredForward.Outline> OUTLINE = of(
            "forward",
            2,
            "link,sequence,publisher,topic,NULL,qos,retain,properties,expires,packet_id,released,since,octets",
            columns -> {
                columns.skip();
                long sequence = columns.nextLong();
                String publisher = columns.nextText();
                ApplicationMessage message = columns.nextMessage();
                int packetId = columns.nextInt();
                boolean released = columns.nextBoolean();
                long sinceNanos = columns.nextTime();
                return new StoredForward.Outline(
                        sequence,
                        publisher,
                        message.topic(),
                        columns.nextInt(),
                        message.qos(),
                        packetId,
                        released,
                        sinceNanos);
            });

    static final Table<StoredArrival> ARRIVAL = of(
            "arrival",
            2,
            "link,packet_id," + MESSAGE + ",delivered",
            columns -> new StoredArrival(
                    columns.nextText(), columns.nextInt(), columns.nextMessage(), columns.nextBoolean()));

    /** All whose rows belong to a session, and are nobody's without it. */
    static final List<Table<?>> OF_SESSIONS = List.of(SUBSCRIPTION, ALIAS, MESSAGES, RECEIVED);

    static final List<Table<?>> ALL = Stream.concat(
                    Stream.of(SESSION),
                    Stream.concat(OF_SESSIONS.stream(), Stream.of(RETAINED, WILL, FORWARD, ARRIVAL)))
            .toList();

    private static <T> Table<T> of(String name, int keyColumns, String columns, Reader<T> reader) {
        return new Table<>(name, List.of(columns.split(",")), keyColumns, reader);
    }

    private static <T> Table<Owned<T>> ofSession(String name, String columns, Reader<T> reader) {
        return of(name, 2, "session," + columns, row -> new Owned<>(row.nextLong(), reader.read(row)));
    }

    /** All rows, in the order and with the restrictions that follow. */
    String select() {
        return "SELECT " + String.join(", ", columns) + " FROM " + name + " ";
    }

    /** A new row, in place of the one with the same key if there is one. */
    String replace() {
        return "INSERT OR REPLACE INTO " + valuesClause();
    }

    /** A new row; the one with the same key, if there is one, keeps what does not follow. */
    String upsert(String key, List<String> updated) {
        return "INSERT INTO " + valuesClause() + " ON CONFLICT (" + key + ") DO UPDATE SET "
                + updated.stream().map(each -> each + " = excluded." + each).collect(Collectors.joining(", "));
    }

    /** @throws DamagedRowException if the row is not what this store writes */
    T read(ResultSet row, Moment now) throws SQLException {
        try {
            return reader.read(new Columns(row, now));
        } catch (IllegalArgumentException unexpected) {
            throw new DamagedRowException(nameOf(row), unexpected);
        }
    }

    /** Which row it is, in words. */
    String nameOf(ResultSet row) throws SQLException {
        StringBuilder words = new StringBuilder("table ").append(name);
        for (String each : columns.subList(0, keyColumns)) {
            words.append(", ").append(each).append(' ').append(row.getString(each));
        }
        return words.toString();
    }

    private String valuesClause() {
        String marks = columns.stream().map(each -> "?").collect(Collectors.joining(", "));
        return name + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
    }

    private static StoredSession readSession(Columns columns) throws SQLException {
        return new StoredSession(
                columns.nextLong(),
                Protocol.valueOf(columns.nextText()),
                columns.nextText(),
                columns.nextText(),
                State.valueOf(columns.nextText()),
                columns.nextBoolean(),
                columns.nextText(),
                Duration.ofMillis(columns.nextLong()),
                Duration.ofMillis(columns.nextLong()),
                columns.nextLong(),
                columns.nextTime(),
                columns.nextMessageOrNull(),
                columns.nextLong(),
                columns.nextInt(),
                columns.nextInt());
    }
}

package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the columns of one row, one after the other. The other way round of {@link Parameters}. */
final class Columns {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final ResultSet row;
    private final Moment now;
    private int count;

    /** @param now what the times among them are measured by */
    Columns(ResultSet row, Moment now) {
        this.row = row;
        this.now = now;
    }

    void skip() {
        count++;
    }

    long nextLong() throws SQLException {
        return row.getLong(++count);
    }

    /** @throws IllegalArgumentException if it is none */
    int nextInt() throws SQLException {
        long value = nextLong();
        if (value != (int) value) {
            throw new IllegalArgumentException("the number " + value + " in column " + count);
        }
        return (int) value;
    }

    boolean nextBoolean() throws SQLException {
        return nextLong() != 0;
    }

    /** @throws IllegalArgumentException if there is none */
    String nextText() throws SQLException {
        String text = nextTextOrNull();
        if (text == null) {
            throw new IllegalArgumentException("nothing in column " + count);
        }
        return text;
    }

    long nextTime() throws SQLException {
        return now.toNanos(nextLong());
    }

    Qos nextQos() throws SQLException {
        return Qos.of(nextInt());
    }

    List<Integer> nextNumbers() throws SQLException {
        String text = nextTextOrNull();
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    /** @throws IllegalArgumentException if it is none */
    ApplicationMessage nextMessage() throws SQLException {
        ApplicationMessage message = nextMessageOrNull();
        if (message == null) {
            throw new IllegalArgumentException("no message before column " + count);
        }
        return message;
    }

    @Nullable
    ApplicationMessage nextMessageOrNull() throws SQLException {
        String topic = nextTextOrNull();
        byte[] payload = row.getBytes(++count);
        if (topic == null) {
            count += 4;
            return null;
        }
        Qos qos = nextQos();
        boolean retain = nextBoolean();
        byte[] properties = row.getBytes(++count);
        long expires = nextLong();
        return new ApplicationMessage(
                topic,
                payload == null ? Octets.EMPTY : Octets.of(payload),
                qos,
                retain,
                PropertiesFormat.read(properties, life -> now.toNanos(expires - life * MILLIS_PER_SECOND)));
    }

    private @Nullable String nextTextOrNull() throws SQLException {
        return row.getString(++count);
    }
}

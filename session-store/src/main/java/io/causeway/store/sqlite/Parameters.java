package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills in the parameters of one execution of a statement, one after the other. */
final class Parameters {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final PreparedStatement statement;
    private final Moment now;
    private int count;

    /** @param now what the times among them are measured by */
    Parameters(PreparedStatement statement, Moment now) {
        this.statement = statement;
        this.now = now;
    }

    Parameters add(long value) throws SQLException {
        statement.setLong(++count, value);
        return this;
    }

    Parameters add(boolean value) throws SQLException {
        return add(value ? 1 : 0);
    }

    Parameters add(String value) throws SQLException {
        statement.setString(++count, value);
        return this;
    }

    Parameters addTime(long nanos) throws SQLException {
        return add(now.toFileMillis(nanos));
    }

    /** Topic, payload, QoS, retain, properties, expiry; all of them nothing if there is no message. */
    Parameters add(@Nullable ApplicationMessage message) throws SQLException {
        if (message == null) {
            return addNull().addNull().addNull().addNull().addNull().addNull();
        }
        add(message.topic()).add(message.payload());
        add(message.qos().value()).add(message.retain());
        MessageProperties properties = message.properties();
        addOctets(PropertiesFormat.write(properties));
        if (properties.expirySeconds() == MessageProperties.NEVER) {
            return addNull();
        }
        return add(now.toFileMillis(properties.receivedNanos()) + properties.expirySeconds() * MILLIS_PER_SECOND);
    }

    /** As a text with commas between. */
    Parameters add(List<Integer> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return addNull();
        }
        return add(numbers.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private Parameters add(Octets octets) throws SQLException {
        return addOctets(octets.toByteArray());
    }

    private Parameters addOctets(byte @Nullable [] octets) throws SQLException {
        if (octets == null) {
            return addNull();
        }
        statement.setBytes(++count, octets);
        return this;
    }

    private Parameters addNull() throws SQLException {
        statement.setNull(++count, Types.NULL);
        return this;
    }
}

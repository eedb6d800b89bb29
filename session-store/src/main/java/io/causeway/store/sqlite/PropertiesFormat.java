package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.MessageProperties.UserProperty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Message properties as they stand in their column.
 *
 * <pre>Format(1) Expiry(8) ContentType ResponseTopic CorrelationData Count(4) { Name Value }</pre>
 *
 * <p>Texts and data are preceded by their length in four octets, -1 for none. When the message came stands in a column
 * of its own.
 */
final class PropertiesFormat {
    private static final int NONE = -1;

    private PropertiesFormat() {}

    /** Null if there is nothing to say. */
    static byte @Nullable [] write(MessageProperties properties) {
        if (properties.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeByte(properties.payloadFormat());
            out.writeLong(properties.expirySeconds());
            writeText(out, properties.contentType());
            writeText(out, properties.responseTopic());
            Octets correlationData = properties.correlationData();
            writeData(out, correlationData == null ? null : correlationData.toByteArray());
            out.writeInt(properties.userProperties().size());
            for (UserProperty each : properties.userProperties()) {
                writeText(out, each.name());
                writeText(out, each.value());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    /**
     * @param octets   null for no properties
     * @param received when a message with a life of so many seconds came
     * @throws IllegalArgumentException if the octets are no properties
     */
    static MessageProperties read(byte @Nullable [] octets, LongUnaryOperator received) {
        if (octets == null) {
            return MessageProperties.NONE;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            int payloadFormat = in.readByte();
            long expirySeconds = in.readLong();
            String contentType = readText(in);
            String responseTopic = readText(in);
            byte[] correlationData = readData(in);
            List<UserProperty> userProperties = readUserProperties(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException("properties with " + in.available() + " octets too many");
            }
            return new MessageProperties(
                    payloadFormat,
                    contentType,
                    responseTopic,
                    correlationData == null ? null : Octets.of(correlationData),
                    userProperties,
                    expirySeconds,
                    expirySeconds == MessageProperties.NEVER ? 0 : received.applyAsLong(expirySeconds));
        } catch (IOException cutShort) {
            throw new IllegalArgumentException("properties that end early", cutShort);
        }
    }

    private static List<UserProperty> readUserProperties(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<UserProperty> userProperties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            userProperties.add(new UserProperty(requireText(in), requireText(in)));
        }
        return userProperties;
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        writeData(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeData(DataOutputStream out, byte @Nullable [] data) throws IOException {
        if (data == null) {
            out.writeInt(NONE);
            return;
        }
        out.writeInt(data.length);
        out.write(data);
    }

    private static String requireText(DataInputStream in) throws IOException {
        String text = readText(in);
        if (text == null) {
            throw new IllegalArgumentException("a user property without name or value");
        }
        return text;
    }

    private static @Nullable String readText(DataInputStream in) throws IOException {
        byte[] data = readData(in);
        return data == null ? null : new String(data, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] readData(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new EOFException("text of " + length + " octets");
        }
        return in.readNBytes(length);
    }
}

package io.causeway.store.sqlite;

import io.causeway.codec.Octets;
import io.causeway.routing.MessageProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a table as lines of JSON, each an object with the columns as its members. */
final class JsonExport {
    private static final int FIRST_PRINTABLE = 0x20;

    private JsonExport() {}

    /** @param damages told of each row with properties that are none, which are written as the octets that they are */
    static void write(Connection connection, String table, Appendable to, Consumer<? super String> damages)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                Map<String, @Nullable Object> line = new LinkedHashMap<>();
                line.put("table", table);
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String name = columns.getColumnName(i);
                    Object value = rows.getObject(i);
                    try {
                        line.put(name, toJsonValue(name, value));
                    } catch (IllegalArgumentException unexpected) {
                        line.put(name, ofOctets(rows.getBytes(i)));
                        damages.accept(nameOf(table, rows) + ": " + unexpected.getMessage());
                    }
                }
                writeValue(line, to);
                to.append('\n');
            }
        }
    }

    /** An object of maps and lists, texts, numbers, truths and nothings. */
    static void writeValue(@Nullable Object value, Appendable to) throws IOException {
        if (value instanceof Map<?, ?> members) {
            String before = "{";
            for (Map.Entry<?, ?> each : members.entrySet()) {
                to.append(before);
                writeText(String.valueOf(each.getKey()), to);
                to.append(':');
                writeValue(each.getValue(), to);
                before = ",";
            }
            to.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            String before = "[";
            for (Object each : elements) {
                to.append(before);
                writeValue(each, to);
                before = ",";
            }
            to.append(elements.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            writeText(text, to);
        } else {
            to.append(String.valueOf(value));
        }
    }

    /** @throws IllegalArgumentException if properties are none */
    private static @Nullable Object toJsonValue(String column, @Nullable Object value) {
        if (!(value instanceof byte[] octets)) {
            return value;
        }
        return column.endsWith("properties")
                ? ofProperties(PropertiesFormat.read(octets, life -> 0))
                : ofOctets(octets);
    }

    private static String nameOf(String table, ResultSet row) throws SQLException {
        for (Table<?> each : Table.ALL) {
            if (each.name().equals(table)) {
                return each.nameOf(row);
            }
        }
        return "table " + table;
    }

    /** As text too, if they are one. */
    private static Map<String, @Nullable Object> ofOctets(byte[] octets) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("base64", Base64.getEncoder().encodeToString(octets));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            members.put("text", text);
        } catch (CharacterCodingException noText) {
            return members;
        }
        return members;
    }

    private static Map<String, @Nullable Object> ofProperties(MessageProperties properties) {
        Octets correlationData = properties.correlationData();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("payload_format", properties.payloadFormat());
        members.put("content_type", properties.contentType());
        members.put("response_topic", properties.responseTopic());
        members.put("correlation_data", correlationData == null ? null : ofOctets(correlationData.toByteArray()));
        members.put("expiry_seconds", properties.expirySeconds());
        members.put(
                "user_properties",
                properties.userProperties().stream()
                        .map(each -> List.of(each.name(), each.value()))
                        .toList());
        return members;
    }

    private static void writeText(String text, Appendable to) throws IOException {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                to.append('\\').append(each);
            } else if (each < FIRST_PRINTABLE || (Character.isSurrogate(each) && !isPaired(text, i))) {
                to.append(String.format("\\u%04x", (int) each));
            } else {
                to.append(each);
            }
        }
        to.append('"');
    }

    private static boolean isPaired(String text, int index) {
        int code = text.codePointAt(index);
        return Character.isSupplementaryCodePoint(code)
                || (index > 0 && Character.isSupplementaryCodePoint(text.codePointAt(index - 1)));
    }
}

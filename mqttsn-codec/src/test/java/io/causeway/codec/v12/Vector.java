package io.causeway.codec.v12;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.causeway.codec.Octets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One line of a vector file; what its keys mean is in the README beside the files.
 *
 * @param name       unique in both files
 * @param datagram   what is on the wire
 * @param fields     what is to be read from it; empty for an invalid one
 * @param reencodes  whether encoding the fields gives the same octets
 * @param longLength whether Length has three octets where one would do
 * @param error      the class of error; "" for a valid one
 */
record Vector(String name, Octets datagram, ObjectNode fields, boolean reencodes, boolean longLength, String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The vectors of a file among the test resources. */
    static List<Vector> load(String file) {
        var resource = Objects.requireNonNull(Vector.class.getResourceAsStream("/vectors/" + file), file);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines().map(Vector::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            ObjectNode fields = json.withObject("/fields");
            JsonNode longLength = fields.remove("longLength");
            return new Vector(
                    json.path("name").asText(),
                    Octets.ofHex(json.path("hex").asText()),
                    fields,
                    json.path("reencodes").asBoolean(true),
                    longLength != null,
                    json.path("error").asText(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

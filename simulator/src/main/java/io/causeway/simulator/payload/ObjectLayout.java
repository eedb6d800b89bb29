package io.causeway.simulator.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * An object, as JSON or as a CBOR map (RFC 8949) of indefinite length, with these members in this order: {@code id}, the
 * message's; {@code t}, when it was sent, in nanoseconds; {@code value}; {@code pad}, as many dots as it takes.
 */
final class ObjectLayout implements Layout {
    private static final int JSON_ID_OFFSET = "{'id':'".length();
    /** The beginning of the map, the name with its length, and the length of the id in two octets. */
    private static final int CBOR_ID_OFFSET = 6;

    static final ObjectLayout JSON = new ObjectLayout(new JsonFactory(), JSON_ID_OFFSET, ObjectLayout::jsonPadding);
    static final ObjectLayout CBOR = new ObjectLayout(new CBORFactory(), CBOR_ID_OFFSET, ObjectLayout::cborPadding);
    static final byte FIRST_OCTET_OF_JSON = '{';
    static final byte FIRST_OCTET_OF_CBOR = (byte) 0xBF;

    private static final String ID = "id";
    private static final String SENT = "t";
    private static final String VALUE = "value";
    private static final String PADDING = "pad";
    /** A brace in JSON, a "break" in CBOR. */
    private static final int END_OCTETS = 1;

    private static final int JSON_PADDING_OVERHEAD = ",'pad':''".length();
    /** The name with its length, and the length of the text in its shortest form. */
    private static final int CBOR_PADDING_OVERHEAD = 5;
    /** Longer texts have a longer length (RFC 8949, section 3). */
    private static final int CBOR_SHORT_TEXT = 23;

    private static final int CBOR_MEDIUM_TEXT = 255;

    private final JsonFactory factory;
    private final int idOffset;
    private final IntUnaryOperator padding;

    /**
     * @param idOffset where the id begins, which is always a long text
     * @param padding  how many characters it has if it is to fill so many octets
     */
    private ObjectLayout(JsonFactory factory, int idOffset, IntUnaryOperator padding) {
        this.factory = factory;
        this.idOffset = idOffset;
        this.padding = padding;
    }

    private static int jsonPadding(int octets) {
        return octets - JSON_PADDING_OVERHEAD;
    }

    /** With two lengths no text comes out right, and it is one octet short. */
    private static int cborPadding(int octets) {
        int text = octets - CBOR_PADDING_OVERHEAD;
        if (text <= CBOR_SHORT_TEXT) {
            return text;
        }
        return text - 1 <= CBOR_MEDIUM_TEXT ? text - 1 : text - 2;
    }

    @Override
    public byte[] write(Stamp stamp, double value, int octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets);
        try (JsonGenerator generator = factory.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField(ID, MessageId.of(stamp));
            generator.writeNumberField(SENT, stamp.sentNanos());
            generator.writeNumberField(VALUE, value);
            generator.flush();
            int dots = padding.applyAsInt(octets - out.size() - END_OCTETS);
            generator.writeStringField(PADDING, ".".repeat(Math.max(0, dots)));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory takes everything", e);
        }
        byte[] payload = out.toByteArray();
        Check.writeReadable(payload, idOffset + MessageId.CHECK_OFFSET);
        return payload;
    }

    @Override
    public Optional<Stamped> read(byte[] payload) {
        try (JsonParser parser = factory.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !ID.equals(parser.nextFieldName())
                    || parser.nextToken() != JsonToken.VALUE_STRING) {
                return Optional.empty();
            }
            String id = parser.getText();
            if (!SENT.equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                return Optional.empty();
            }
            return MessageId.read(id, parser.getLongValue(), payload, idOffset);
        } catch (IOException foreign) {
            return Optional.empty();
        }
    }
}

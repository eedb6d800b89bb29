package io.causeway.simulator.payload;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Words: the message's id, when it was sent, the value, and dots as padding. */
final class TextLayout implements Layout {
    static final TextLayout INSTANCE = new TextLayout();

    private static final int DECIMAL = 10;
    private static final int MAX_NANOS_CHARACTERS = 20;
    /** Of the first two words with the spaces behind them. */
    private static final int MAX_STAMP_OCTETS = MessageId.MAX_CHARACTERS + MAX_NANOS_CHARACTERS + 2;

    private TextLayout() {}

    @Override
    public byte[] write(Stamp stamp, double value, int octets) {
        String words = MessageId.of(stamp) + ' ' + stamp.sentNanos() + ' ' + value + ' ';
        String padded = words + ".".repeat(Math.max(0, octets - words.length()));
        byte[] payload = padded.getBytes(StandardCharsets.US_ASCII);
        Check.writeReadable(payload, MessageId.CHECK_OFFSET);
        return payload;
    }

    @Override
    public Optional<Stamped> read(byte[] payload) {
        int octets = Math.min(payload.length, MAX_STAMP_OCTETS);
        String words = new String(payload, 0, octets, StandardCharsets.ISO_8859_1);
        int afterId = words.indexOf(' ');
        int afterNanos = words.indexOf(' ', afterId + 1);
        if (afterId < 0 || afterNanos < 0) {
            return Optional.empty();
        }
        try {
            long sentNanos = Long.parseLong(words, afterId + 1, afterNanos, DECIMAL);
            return MessageId.read(words.substring(0, afterId), sentNanos, payload, 0);
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }
}

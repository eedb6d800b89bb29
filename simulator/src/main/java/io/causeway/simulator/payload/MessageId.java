package io.causeway.simulator.payload;

import java.util.Optional;

/** The numbers of a stamp as a word: {@code cw-1f00ba12-17-42} is message 42 of stream 17 of run 1f00ba12. */
final class MessageId {
    static final char FIRST_CHARACTER = 'c';
    static final int MAX_CHARACTERS = 33;

    private static final String PREFIX = "cw-";
    private static final int HEXADECIMAL = 16;
    private static final int DECIMAL = 10;

    private MessageId() {}

    static String of(Stamp stamp) {
        return PREFIX + Integer.toHexString(stamp.run()) + '-' + stamp.stream() + '-' + stamp.sequence();
    }

    /** @return empty if the text is no such word */
    static Optional<Stamp> read(String text, long sentNanos) {
        int beforeStream = text.indexOf('-', PREFIX.length());
        int beforeSequence = text.indexOf('-', beforeStream + 1);
        boolean hasThreeParts = beforeStream >= 0 && beforeSequence >= 0;
        if (!text.startsWith(PREFIX) || text.length() > MAX_CHARACTERS || !hasThreeParts) {
            return Optional.empty();
        }
        try {
            int run = Integer.parseUnsignedInt(text, PREFIX.length(), beforeStream, HEXADECIMAL);
            int stream = Integer.parseUnsignedInt(text, beforeStream + 1, beforeSequence, DECIMAL);
            int sequence = Integer.parseUnsignedInt(text, beforeSequence + 1, text.length(), DECIMAL);
            return stream < 0 || sequence < 0
                    ? Optional.empty()
                    : Optional.of(new Stamp(run, stream, sequence, sentNanos));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }
}

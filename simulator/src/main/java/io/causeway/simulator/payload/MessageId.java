package io.causeway.simulator.payload;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The numbers of a stamp as a word: {@code cw-5e1f00d5-1f00ba1200000007-17-42} is message 42 of stream 17 of run
 * 1f00ba1200000007, in a payload whose check is 5e1f00d5.
 */
final class MessageId {
    static final char FIRST_CHARACTER = 'c';
    /** Where the check stands in it. */
    static final int CHECK_OFFSET = 3;

    static final int MAX_CHARACTERS = 50;

    private static final String PREFIX = "cw";
    private static final String SEPARATOR = "-";
    private static final String NO_CHECK = "0".repeat(Check.CHARACTERS);
    private static final int PARTS = 5;
    private static final int HEXADECIMAL = 16;

    private MessageId() {}

    /** With room for the check. */
    static String of(Stamp stamp) {
        return String.join(
                SEPARATOR,
                PREFIX,
                NO_CHECK,
                HexFormat.of().toHexDigits(stamp.run()),
                Integer.toString(stamp.stream()),
                Integer.toString(stamp.sequence()));
    }

    /**
     * @param offset where the word stands in the payload, if it was written here
     * @return empty if the text is no such word
     */
    static Optional<Stamped> read(String text, long sentNanos, byte[] payload, int offset) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != PARTS || !parts[0].equals(PREFIX) || parts[1].length() != Check.CHARACTERS) {
            return Optional.empty();
        }
        try {
            int check = Integer.parseUnsignedInt(parts[1], HEXADECIMAL);
            long run = Long.parseUnsignedLong(parts[2], HEXADECIMAL);
            Stamp stamp = new Stamp(run, Integer.parseInt(parts[3]), Integer.parseInt(parts[4]), sentNanos);
            int found = Check.of(payload, offset + CHECK_OFFSET, Check.CHARACTERS);
            return Optional.of(new Stamped(stamp, found == check));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}

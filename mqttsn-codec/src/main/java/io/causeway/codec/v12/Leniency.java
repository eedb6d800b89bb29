package io.causeway.codec.v12;

/**
 * Which deviations of deployed devices are overlooked when decoding.
 *
 * @param trailingOctets octets of a datagram behind its Length, as radios and serial bridges pad, are ignored
 * @param trailingNuls   NULs at the end of client ids, topic names and will topics, as sent by clients that count the
 *                       terminator of a C string, are cut off before the text is checked
 */
public record Leniency(boolean trailingOctets, boolean trailingNuls) {
    /** Nothing but the specification. */
    public static final Leniency STRICT = new Leniency(false, false);

    /** All that is known from the field and does no harm. */
    public static final Leniency FIELD = new Leniency(true, true);
}

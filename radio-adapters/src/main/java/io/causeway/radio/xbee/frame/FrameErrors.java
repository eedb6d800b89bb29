package io.causeway.radio.xbee.frame;

/**
 * What a decoder has met besides frames; a snapshot. No value ever decreases.
 *
 * @param badChecksums      frames whose checksum is wrong
 * @param impossibleLengths delimiters followed by a length of 0 or of more than any frame has
 * @param falseStarts       delimiters that were none: followed by a type the other side does not send, or by another
 *                          delimiter before their frame was complete
 * @param timedOut          frames that stopped coming
 * @param outsideOctets     octets outside of frames
 * @param unknownTypes      whole frames of a type that is not known here
 * @param malformed         whole frames that are too short for their type
 */
public record FrameErrors(
        long badChecksums,
        long impossibleLengths,
        long falseStarts,
        long timedOut,
        long outsideOctets,
        long unknownTypes,
        long malformed) {
    public static final FrameErrors NONE = new FrameErrors(0, 0, 0, 0, 0, 0, 0);

    /** Both together, as of two decoders after each other on one line. */
    public FrameErrors plus(FrameErrors other) {
        return new FrameErrors(
                badChecksums + other.badChecksums,
                impossibleLengths + other.impossibleLengths,
                falseStarts + other.falseStarts,
                timedOut + other.timedOut,
                outsideOctets + other.outsideOctets,
                unknownTypes + other.unknownTypes,
                malformed + other.malformed);
    }
}

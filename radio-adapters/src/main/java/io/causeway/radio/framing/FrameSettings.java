package io.causeway.radio.framing;

import java.time.Duration;

/**
 * What a decoder can expect.
 *
 * @param sender            whose messages these are
 * @param encapsulation     whether they are in envelopes
 * @param prefixOctets      octets in front of every message that do not belong to it, such as the link quality that some
 *                          bridges tell; 0 to 2
 * @param maxPacketOctets   the longest message, with its envelope; {@value #LEAST_MAX_PACKET_OCTETS} to 65535
 * @param interOctetTimeout how long a pause within a message may last, above zero
 */
public record FrameSettings(
        Sender sender, Encapsulation encapsulation, int prefixOctets, int maxPacketOctets, Duration interOctetTimeout) {
    /** Room for the packets of a handshake, and for a client id. */
    public static final int LEAST_MAX_PACKET_OCTETS = 32;

    public static final int MOST_MAX_PACKET_OCTETS = 65_535;
    public static final int MOST_PREFIX_OCTETS = 2;

    /** @throws IllegalArgumentException if a value is out of its range */
    public FrameSettings {
        requireRange("prefixOctets", prefixOctets, 0, MOST_PREFIX_OCTETS);
        requireRange("maxPacketOctets", maxPacketOctets, LEAST_MAX_PACKET_OCTETS, MOST_MAX_PACKET_OCTETS);
        if (interOctetTimeout.isNegative() || interOctetTimeout.isZero()) {
            throw new IllegalArgumentException("interOctetTimeout must be above zero: " + interOctetTimeout);
        }
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + value);
        }
    }
}

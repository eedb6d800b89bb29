package io.causeway.radio.serial;

import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameSettings;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.framing.Sender;
import io.causeway.radio.port.LineSettings;
import java.time.Duration;

/**
 * What is on a serial line, and how.
 *
 * @param line              which port, and how to reach it
 * @param framing           how messages are told apart
 * @param encapsulation     whether they are in the envelopes of a forwarder
 * @param prefixOctets      in front of every message that comes, and not part of it; 0 to 2, 0 with {@link Framing#RAW}
 * @param maxPacketOctets   the longest message, with its envelope, either way; from {@value
 *                          FrameSettings#LEAST_MAX_PACKET_OCTETS} on
 * @param interOctetTimeout how long a pause within a message may last, above zero
 * @param sendGap           to leave between two messages that are sent, for devices that need it; zero for none
 */
public record SerialSettings(
        LineSettings line,
        Framing framing,
        Encapsulation encapsulation,
        int prefixOctets,
        int maxPacketOctets,
        Duration interOctetTimeout,
        Duration sendGap) {
    /** More than most devices have room for; what a raw line takes for a length is noise above it. */
    public static final int DEFAULT_MAX_PACKET_OCTETS = 512;

    /** @throws IllegalArgumentException if a value is out of its range, or there are prefix octets on a raw line */
    public SerialSettings {
        received(encapsulation, prefixOctets, maxPacketOctets, interOctetTimeout);
        if (prefixOctets > 0 && framing == Framing.RAW) {
            throw new IllegalArgumentException("prefix octets need a framing of slip or slip-crc");
        }
        if (sendGap.isNegative()) {
            throw new IllegalArgumentException("sendGap is below zero: " + sendGap);
        }
    }

    /** With the defaults for the rest. */
    public static SerialSettings on(LineSettings line, Framing framing) {
        return new SerialSettings(
                line,
                framing,
                Encapsulation.AUTO,
                0,
                DEFAULT_MAX_PACKET_OCTETS,
                framing.defaultInterOctetTimeout(line.bitsPerSecond()),
                Duration.ZERO);
    }

    /** What a gateway expects on such a line. */
    FrameSettings received() {
        return received(encapsulation, prefixOctets, maxPacketOctets, interOctetTimeout);
    }

    private static FrameSettings received(
            Encapsulation encapsulation, int prefixOctets, int maxPacketOctets, Duration interOctetTimeout) {
        return new FrameSettings(Sender.CLIENT, encapsulation, prefixOctets, maxPacketOctets, interOctetTimeout);
    }
}

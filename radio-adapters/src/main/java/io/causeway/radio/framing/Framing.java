package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** How messages are told apart on a line. Encoding needs no state, so it may be done by any thread. */
public enum Framing {
    /** One message directly behind the other: its own length field is all there is. */
    RAW,
    /** Each message between two END octets (RFC 1055). */
    SLIP,
    /** As {@link #SLIP}, with a CRC-16/XMODEM behind the message, its low octet first. */
    SLIP_CRC;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration TIMEOUT_WITHIN_FRAME = Duration.ofSeconds(1);

    /** Twenty octets, with their start and stop bits. */
    private static final int BITS_OF_SILENCE = 200;

    /**
     * @param meter    counts what becomes no message
     * @param listener gets what does, during {@link FrameDecoder#decode} and {@link FrameDecoder#onTime}
     * @throws IllegalArgumentException if the settings have prefix octets and this framing does not mark where a message
     *                                  begins
     */
    public FrameDecoder decoder(FrameSettings settings, FrameMeter meter, MessageListener listener) {
        MessageShape shape = new MessageShape(settings.sender(), settings.encapsulation(), settings.maxPacketOctets());
        if (this != RAW) {
            return new SlipDecoder(settings, this == SLIP_CRC, shape, meter, listener);
        }
        if (settings.prefixOctets() > 0) {
            throw new IllegalArgumentException("prefix octets need a framing of slip or slip-crc");
        }
        return new LengthDecoder(settings, shape, meter, listener);
    }

    /**
     * Writes a message as it goes over the line.
     *
     * @param message read to its end
     * @param out     with room for {@link #mostOctets}, or able to grow
     */
    public void encode(ByteBuf message, ByteBuf out) {
        switch (this) {
            case RAW -> out.writeBytes(message);
            case SLIP -> Slip.encode(message, false, out);
            case SLIP_CRC -> Slip.encode(message, true, out);
        }
    }

    /** The most octets that a message of this size takes on the line. */
    public int mostOctets(int messageOctets) {
        return switch (this) {
            case RAW -> messageOctets;
            case SLIP -> Slip.mostOctets(messageOctets, false);
            case SLIP_CRC -> Slip.mostOctets(messageOctets, true);
        };
    }

    /**
     * How long a pause within a message may last on a line of this rate. Where only the pause tells that a message was
     * cut off it is short; but it is seen through the delays of a USB adapter and a busy machine.
     */
    public Duration defaultInterOctetTimeout(int bitsPerSecond) {
        if (this != RAW) {
            return TIMEOUT_WITHIN_FRAME;
        }
        Duration silence = Duration.ofSeconds(BITS_OF_SILENCE).dividedBy(bitsPerSecond);
        return silence.compareTo(SHORTEST_TIMEOUT) > 0 ? silence : SHORTEST_TIMEOUT;
    }
}

package io.causeway.radio.port;

/**
 * How to reach a serial line. Always 8 data bits, no parity, one stop bit.
 *
 * @param port          which
 * @param bitsPerSecond its rate, 300 to 4,000,000
 * @param flowControl   whether the other end may stop us
 */
public record LineSettings(PortSelector port, int bitsPerSecond, FlowControl flowControl) {
    public static final int LEAST_BITS_PER_SECOND = 300;
    public static final int MOST_BITS_PER_SECOND = 4_000_000;

    /** How the other end stops us when it has no room. */
    public enum FlowControl {
        NONE,
        /** By its RTS, our CTS. */
        RTS_CTS
    }

    /** @throws IllegalArgumentException if the rate is out of range */
    public LineSettings {
        if (bitsPerSecond < LEAST_BITS_PER_SECOND || bitsPerSecond > MOST_BITS_PER_SECOND) {
            throw new IllegalArgumentException("a rate is 300 to 4000000 bit/s, not " + bitsPerSecond);
        }
    }
}

package io.causeway.radio.xbee;

import io.causeway.radio.port.LineSettings;
import io.causeway.radio.xbee.frame.ApiMode;
import java.time.Duration;

/**
 * How to use a radio.
 *
 * @param line                the port, and the rate that is tried first
 * @param anyRate             whether the rate is only where the search for the radio's begins, so that finding another
 *                            one is worth no warning
 * @param apiMode             the mode the radio should be in
 * @param configure           whether to set what is not as it should be, and to save it in the radio: AP, and AO
 * @param window              how many transmissions may be under way at the same time, 1 to {@value #MOST_WINDOW}
 * @param mostPayloadOctets   the longest datagram, 1 to {@value #MOST_PAYLOAD_OCTETS}; the radio may take less
 * @param radioFragmentation  whether the radio may cut what does not fit in one packet: one lost piece loses all
 * @param broadcastInterval   the least time from one broadcast to the next, not negative
 */
public record XBeeSettings(
        LineSettings line,
        boolean anyRate,
        ModeChoice apiMode,
        boolean configure,
        int window,
        int mostPayloadOctets,
        boolean radioFragmentation,
        Duration broadcastInterval) {
    public static final int DEFAULT_WINDOW = 4;
    public static final int MOST_WINDOW = 8;
    public static final int MOST_PAYLOAD_OCTETS = 256;

    /** Every router repeats a broadcast three times, and remembers eight of them for eight seconds. */
    public static final Duration DEFAULT_BROADCAST_INTERVAL = Duration.ofSeconds(1);

    /** Which API mode is wanted. */
    public enum ModeChoice {
        /** What the radio has; mode 2 where it may be configured. */
        AUTO,
        MODE_1,
        MODE_2;

        ApiMode wanted() {
            return this == MODE_1 ? ApiMode.UNESCAPED : ApiMode.ESCAPED;
        }
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public XBeeSettings {
        requireRange("window", window, MOST_WINDOW);
        requireRange("mostPayloadOctets", mostPayloadOctets, MOST_PAYLOAD_OCTETS);
        if (broadcastInterval.isNegative()) {
            throw new IllegalArgumentException("broadcastInterval is negative: " + broadcastInterval);
        }
    }

    /** With the defaults for the rest: nothing in the radio is changed. */
    public static XBeeSettings at(LineSettings line) {
        return new XBeeSettings(
                line,
                false,
                ModeChoice.AUTO,
                false,
                DEFAULT_WINDOW,
                MOST_PAYLOAD_OCTETS,
                false,
                DEFAULT_BROADCAST_INTERVAL);
    }

    /** The same, but for that the rate of the line is only where the search begins. */
    public XBeeSettings atAnyRate() {
        return new XBeeSettings(
                line, true, apiMode, configure, window, mostPayloadOctets, radioFragmentation, broadcastInterval);
    }

    private static void requireRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ": " + value);
        }
    }
}

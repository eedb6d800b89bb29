package io.causeway.radio.xbee;

import java.time.Duration;

/**
 * A node as it is seen from the radio; a snapshot.
 *
 * @param address   what it is known by
 * @param address16 where it is in the network, FFFE if that is not known
 * @param name      as it calls itself (NI), empty if it has not said so
 * @param signalDbm the strength of its last packet, or {@link #UNKNOWN_SIGNAL}
 * @param sinceHeard how long ago it was heard last
 * @param waiting   datagrams that wait for it
 * @param held      whether they wait because it is away
 */
public record XBeeNode(
        XBeeAddress address,
        int address16,
        String name,
        int signalDbm,
        Duration sinceHeard,
        int waiting,
        boolean held) {
    /** Where the radio does not tell the strength of a signal. */
    public static final int UNKNOWN_SIGNAL = 0;
}

package io.causeway.radio.xbee;

/** How much waits for all nodes together, and how much may. Owned by the loop. */
final class Backlog {
    static final int MOST_DATAGRAMS = 2_048;

    /** A node may be a forwarder with many clients behind it. */
    static final int MOST_DATAGRAMS_PER_NODE = 64;

    private static final int MOST_OCTETS = 256 * 1024;

    private int datagrams;
    private int octets;

    int datagrams() {
        return datagrams;
    }

    boolean hasRoomFor(Transmission transmission) {
        return transmission.node.queue.size() < MOST_DATAGRAMS_PER_NODE
                && datagrams < MOST_DATAGRAMS
                && octets + transmission.payload.length() <= MOST_OCTETS;
    }

    void onAdded(Transmission transmission) {
        datagrams++;
        octets += transmission.payload.length();
    }

    void onRemoved(Transmission transmission) {
        datagrams--;
        octets -= transmission.payload.length();
    }
}

package io.causeway.radio.xbee;

/** How much waits for all nodes together, and how much may. Owned by the loop. */
final class Backlog {
    static final int MOST_DATAGRAMS = 2_048;

    /** A node may be a forwarder with many clients behind it. */
    static final int MOST_DATAGRAMS_PER_NODE = 64;

    /** For all nodes together that nothing was delivered to yet: they may not exist. */
    static final int MOST_DATAGRAMS_FOR_STRANGERS = 256;

    private static final int MOST_OCTETS = 256 * 1024;

    private int datagrams;
    private int datagramsForStrangers;
    private int octets;

    int datagrams() {
        return datagrams;
    }

    boolean hasRoomFor(Transmission transmission) {
        return transmission.node.queue.size() < MOST_DATAGRAMS_PER_NODE
                && datagrams < MOST_DATAGRAMS
                && !(transmission.isForStranger && datagramsForStrangers >= MOST_DATAGRAMS_FOR_STRANGERS)
                && octets + transmission.payload.length() <= MOST_OCTETS;
    }

    void onAdded(Transmission transmission) {
        datagrams++;
        datagramsForStrangers += transmission.isForStranger ? 1 : 0;
        octets += transmission.payload.length();
    }

    void onRemoved(Transmission transmission) {
        datagrams--;
        datagramsForStrangers -= transmission.isForStranger ? 1 : 0;
        octets -= transmission.payload.length();
    }
}

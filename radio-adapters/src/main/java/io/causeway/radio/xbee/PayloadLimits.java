package io.causeway.radio.xbee;

import io.causeway.radio.LinkAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The longest datagrams: what the radio says, less where a node has refused that. Written by the loop, read by all. */
final class PayloadLimits {
    private static final Family UNTIL_TOLD = Family.ZIGBEE;

    /** Shorter datagrams fit everywhere: one refused status must not cut a node off. */
    private static final int LEAST_OCTETS = 32;

    private final int configuredOctets;
    private final boolean fragmentation;
    private final ConcurrentMap<LinkAddress, Integer> lowered = new ConcurrentHashMap<>();
    private volatile int octets;
    private volatile int broadcastOctets;
    private volatile Family family = UNTIL_TOLD;

    PayloadLimits(XBeeSettings settings) {
        this.configuredOctets = settings.mostPayloadOctets();
        this.fragmentation = settings.radioFragmentation();
        this.octets = Math.min(configuredOctets, UNTIL_TOLD.payloadOctets());
        this.broadcastOctets = octets;
    }

    int octets(LinkAddress to) {
        int general = octets;
        return Math.min(general, lowered.getOrDefault(to, general));
    }

    /** Never cut into pieces by the radio. */
    int broadcastOctets() {
        return broadcastOctets;
    }

    /** A radio was found, perhaps another one: what nodes have refused may be another matter now. */
    void onRadio(RadioIdentity radio) {
        lowered.clear();
        family = radio.family();
        octets = Math.min(configuredOctets, radio.payloadOctets(fragmentation));
        broadcastOctets = Math.min(configuredOctets, radio.payloadOctets(false));
    }

    /** A node, or the way to it, does not take so much: source routes and encryption need room, which NP does not tell. */
    void onTooLarge(LinkAddress to, int refusedOctets) {
        if (lowered.size() < NodeTable.MOST_NODES || lowered.containsKey(to)) {
            lowered.merge(to, below(refusedOctets), Math::min);
        }
    }

    /** The network does not take so much in a broadcast, where encryption needs room. */
    void onBroadcastTooLarge(int refusedOctets) {
        broadcastOctets = Math.min(broadcastOctets, below(refusedOctets));
    }

    private int below(int refusedOctets) {
        return Math.max(LEAST_OCTETS, family.octetsBelow(refusedOctets));
    }
}

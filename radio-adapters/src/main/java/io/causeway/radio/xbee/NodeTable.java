package io.causeway.radio.xbee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes that were heard or sent to last. Bounded, because anybody can send from any address. Owned by the loop. */
final class NodeTable {
    static final int MOST_NODES = 4_096;

    private static final float LOAD_FACTOR = 0.75f;
    private static final int INITIAL_CAPACITY = 64;

    private final Map<XBeeAddress, Node> nodes = new LinkedHashMap<>(INITIAL_CAPACITY, LOAD_FACTOR, true);

    /** The node of an address, which counts as used last. */
    Node of(XBeeAddress address) {
        Node known = nodes.get(address);
        if (known != null) {
            return known;
        }
        makeRoom();
        Node node = new Node(address);
        nodes.put(address, node);
        return node;
    }

    /** Forgets the one that was used longest ago, but none that something waits for: that is bounded elsewhere. */
    private void makeRoom() {
        Iterator<Node> eldestFirst = nodes.values().iterator();
        while (nodes.size() >= MOST_NODES && eldestFirst.hasNext()) {
            if (eldestFirst.next().queue.isEmpty()) {
                eldestFirst.remove();
            }
        }
    }

    int size() {
        return nodes.size();
    }

    /** Those that were heard. */
    List<XBeeNode> snapshot(long nowNanos) {
        List<XBeeNode> all = new ArrayList<>(nodes.size());
        for (Node node : nodes.values()) {
            if (node.wasHeard) {
                Duration sinceHeard = Duration.ofNanos(nowNanos - node.lastHeardNanos);
                all.add(new XBeeNode(
                        node.address,
                        node.address16,
                        node.name,
                        node.signalDbm,
                        sinceHeard,
                        node.queue.size(),
                        node.isHeld));
            }
        }
        return all;
    }
}

package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.Draw;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** All remote radios of a network, by their addresses; the same in every run. Owned by the thread of the run. */
final class Nodes {
    /** Of the maker; the lower half is counted up. */
    private static final long FIRST_ADDRESS = 0x0013A200_41000001L;

    /** 16-bit addresses from here on mean something else. */
    private static final int FIRST_RESERVED = 0xFFF0;

    private final Duration rejoining;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Map<Long, Node> byAddress64 = new HashMap<>();
    private final Map<Integer, Node> byAddress16 = new HashMap<>();

    /** @param rejoining the mean time after which a node has another 16-bit address; zero for never */
    Nodes(Duration rejoining, Agenda agenda, SplittableRandom random) {
        this.rejoining = rejoining;
        this.agenda = agenda;
        this.random = random;
    }

    /** @throws IOException if there is no 16-bit address left */
    Node join(DatagramReceiver sensor, long nowNanos) throws IOException {
        if (byAddress16.size() >= FIRST_RESERVED / 2) {
            throw new IOException("a radio network has no more than " + FIRST_RESERVED / 2 + " addresses");
        }
        Node node = new Node(FIRST_ADDRESS + byAddress64.size(), freeAddress(), sensor, nowNanos);
        byAddress64.put(node.address64(), node);
        byAddress16.put(node.address16(), node);
        rejoinSometimes(node, nowNanos);
        return node;
    }

    /** Nothing if there has never been one with this address. */
    Optional<Node> find(long address64, int address16) {
        return address64 == RadioAddresses.UNKNOWN_64
                ? Optional.ofNullable(byAddress16.get(address16))
                : Optional.ofNullable(byAddress64.get(address64));
    }

    void leave(Node node) {
        node.leave();
        byAddress16.remove(node.address16());
    }

    private void rejoinSometimes(Node node, long nowNanos) {
        if (rejoining.isZero()) {
            return;
        }
        agenda.at(nowNanos + Draw.exponential(rejoining, random), now -> {
            if (!node.isGone()) {
                byAddress16.remove(node.address16());
                node.rejoin(freeAddress());
                byAddress16.put(node.address16(), node);
                rejoinSometimes(node, now);
            }
        });
    }

    private int freeAddress() {
        int address = 1 + random.nextInt(FIRST_RESERVED - 1);
        while (byAddress16.containsKey(address)) {
            address = 1 + random.nextInt(FIRST_RESERVED - 1);
        }
        return address;
    }
}

package io.causeway.dialect.v12;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Packets that wait, in order and bounded, until as many have released them as hold them. Owned by the session's loop. */
final class HeldPackets {
    private static final int MAX_PACKETS = 1_000;
    private static final int MAX_OCTETS = 256 * 1024;

    private final ArrayDeque<Packet> waiting = new ArrayDeque<>(4);
    private int holds;
    private int octets;

    void hold() {
        holds++;
    }

    /** True if nobody holds them any more. */
    boolean release() {
        holds--;
        return holds == 0;
    }

    /** False if there is no room. */
    boolean add(Packet packet) {
        int length = PacketCodec.encodedLength(packet);
        if (waiting.size() >= MAX_PACKETS || octets + length > MAX_OCTETS) {
            return false;
        }
        waiting.add(packet);
        octets += length;
        return true;
    }

    void forEach(Consumer<Packet> work) {
        waiting.forEach(work);
    }
}

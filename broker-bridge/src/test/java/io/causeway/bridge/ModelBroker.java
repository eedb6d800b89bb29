package io.causeway.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a broker makes of the packets of one client: in memory, with a session that outlives connections. */
final class ModelBroker {
    /** @param content topic and payload of a PUBLISH, else empty */
    record Packet(Kind kind, int packetId, int qos, String content) {}

    enum Kind {
        PUBLISH,
        PUBACK,
        PUBREC,
        PUBREL,
        PUBCOMP
    }

    private final List<String> published = new ArrayList<>();
    private final Set<Integer> received = new HashSet<>();
    final Deque<Packet> answers = new ArrayDeque<>();

    /** All that its subscribers have got, in order. */
    List<String> published() {
        return published;
    }

    void take(Packet packet) {
        int packetId = packet.packetId();
        if (packet.kind() == Kind.PUBREL) {
            received.remove(packetId);
            answers.add(new Packet(Kind.PUBCOMP, packetId, 0, ""));
        } else if (packet.qos() == 2) {
            if (received.add(packetId)) {
                published.add(packet.content());
            }
            answers.add(new Packet(Kind.PUBREC, packetId, 0, ""));
        } else {
            published.add(packet.content());
            if (packet.qos() == 1) {
                answers.add(new Packet(Kind.PUBACK, packetId, 0, ""));
            }
        }
    }

    void loseSession() {
        received.clear();
    }
}

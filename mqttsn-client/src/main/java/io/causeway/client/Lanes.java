package io.causeway.client;

import io.causeway.timer.TimerWheel;
import java.util.List;
import java.util.stream.Stream;

/** A lane for every kind of request, because 1.2 allows one of each kind at a time. Owned by the session. */
final class Lanes {
    /** CONNECT, DISCONNECT, and the PINGREQ that wakes. */
    final RequestLane connection;

    final RequestLane registers;
    final RequestLane publishes;

    /** SUBSCRIBE and UNSUBSCRIBE, one of both (1.2 §6.9). */
    final RequestLane subscriptions;

    final RequestLane pings;
    final RequestLane willTopics;
    final RequestLane willMessages;

    Lanes(ClientSettings settings, PacketIds packetIds, TimerWheel wheel, PacketSink sink, RequestLane.Owner owner) {
        connection = new RequestLane(1, settings, packetIds, wheel, sink, owner);
        registers = new RequestLane(1, settings, packetIds, wheel, sink, owner);
        publishes = new RequestLane(settings.publishWindow(), settings, packetIds, wheel, sink, owner);
        subscriptions = new RequestLane(1, settings, packetIds, wheel, sink, owner);
        pings = new RequestLane(1, settings, packetIds, wheel, sink, owner);
        willTopics = new RequestLane(1, settings, packetIds, wheel, sink, owner);
        willMessages = new RequestLane(1, settings, packetIds, wheel, sink, owner);
    }

    /** Whether nothing is under way within the connection. */
    boolean areIdle() {
        return registers.isIdle()
                && publishes.isIdle()
                && subscriptions.isIdle()
                && pings.isIdle()
                && willTopics.isIdle()
                && willMessages.isIdle();
    }

    /** Forgets everything but the publications; the caller tells the exchanges. */
    List<Exchange> drain() {
        return Stream.of(connection, registers, subscriptions, pings, willTopics, willMessages)
                .flatMap(lane -> lane.drain().stream())
                .toList();
    }
}

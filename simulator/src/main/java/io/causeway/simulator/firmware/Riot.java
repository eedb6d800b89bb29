package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import java.time.Duration;

/** What the clients of RIOT have in common: a keep-alive that is compiled in. */
final class Riot {
    static final Duration KEEP_ALIVE = Duration.ofMinutes(6);

    private Riot() {}

    /** As it is sent. */
    static Packet withKeepAlive(Packet packet) {
        return packet instanceof Connect connect ? Packets.withDuration(connect, KEEP_ALIVE) : packet;
    }
}

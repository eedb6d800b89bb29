package io.causeway.client;

import io.causeway.codec.v12.Disconnect;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The DISCONNECT of a client, which waits until all that is under way is settled (1.2 §6.12, §6.14). Owned by the thread of
 * the session.
 */
final class Farewell {
    private final Lanes lanes;
    private final OutboundMessages outbound;
    private final Consumer<ClientState> whenLeft;
    private @Nullable Exchange waiting;

    /** @param whenLeft told the state in which the gateway's answer leaves the client */
    Farewell(Lanes lanes, OutboundMessages outbound, Consumer<ClientState> whenLeft) {
        this.lanes = lanes;
        this.outbound = outbound;
        this.whenLeft = whenLeft;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    /** Sends it as soon as nothing else is under way. */
    void say(Disconnect disconnect, ClientState left, Reply<Done> reply, long nowNanos) {
        waiting = exchange(disconnect, left, reply);
        sendIfIdle(nowNanos);
    }

    /** Sends it whatever is under way. */
    void sayNow(Disconnect disconnect, ClientState left, Reply<Done> reply, long nowNanos) {
        lanes.connection.submit(exchange(disconnect, left, reply), nowNanos);
    }

    void sendIfIdle(long nowNanos) {
        Exchange next = waiting;
        if (next != null && outbound.isIdle() && lanes.areIdle()) {
            waiting = null;
            lanes.connection.submit(next, nowNanos);
        }
    }

    /** What has not been sent will not be. */
    List<Exchange> drain() {
        Exchange unsent = waiting;
        waiting = null;
        return unsent == null ? List.of() : List.of(unsent);
    }

    private Exchange exchange(Disconnect disconnect, ClientState left, Reply<Done> reply) {
        return new Request<>(
                disconnect,
                Disconnect.class,
                answer -> {
                    whenLeft.accept(left);
                    reply.accepted(Done.DONE);
                },
                reply::failed);
    }
}

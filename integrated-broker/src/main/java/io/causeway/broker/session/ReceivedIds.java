package io.causeway.broker.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packet ids of messages at QoS 2 that a client has sent and not released: what it sends again under one of them is not
 * published again (MQTT 5 §4.3.3). Outlives connections. Owned by the session's loop.
 */
final class ReceivedIds {
    private final Map<Integer, InboundExchange> open = new HashMap<>(2);

    @Nullable
    InboundExchange get(int packetId) {
        return open.get(packetId);
    }

    void put(InboundExchange exchange) {
        open.put(exchange.packetId(), exchange);
    }

    void remove(InboundExchange exchange) {
        open.remove(exchange.packetId(), exchange);
    }
}

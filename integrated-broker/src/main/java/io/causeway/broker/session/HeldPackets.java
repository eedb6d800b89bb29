package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Packets for one client that must not be sent before a unit of changes is durable, and what is to follow them, in order.
 * Owned by the connection's loop.
 */
final class HeldPackets {
    private final ArrayDeque<Held> waiting = new ArrayDeque<>(0);

    private record Held(MqttMessage packet, long unit) {}

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** @param unit that has to be durable before; 0 for none */
    void add(MqttMessage packet, long unit) {
        waiting.add(new Held(packet, unit));
    }

    /** The next packet, or null if it has to wait still, or there is none. */
    @Nullable
    MqttMessage poll(Commits commits) {
        Held first = waiting.peek();
        if (first == null || !commits.isDurable(first.unit())) {
            return null;
        }
        waiting.remove();
        return first.packet();
    }

    /** The next message at QoS 0 or 1, past what waits: it need not be durable. Null if there is none. */
    @Nullable
    MqttMessage pollMessage() {
        for (Iterator<Held> each = waiting.iterator(); each.hasNext(); ) {
            MqttMessage packet = each.next().packet();
            MqttFixedHeader header = packet.fixedHeader();
            if (header.messageType() == MqttMessageType.PUBLISH && header.qosLevel() != MqttQoS.EXACTLY_ONCE) {
                each.remove();
                return packet;
            }
        }
        return null;
    }

    /** The client is never to hear of it. */
    void drop() {
        waiting.forEach(each -> ReferenceCountUtil.release(each.packet()));
        waiting.clear();
    }
}

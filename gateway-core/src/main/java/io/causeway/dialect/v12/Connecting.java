package io.causeway.dialect.v12;

import io.causeway.codec.v12.Connect;
import io.causeway.session.ConnectRequest;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.session.Count;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.ReasonCode;
import io.causeway.session.Shard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** From CONNECT to CONNACK (1.2 §6.2). Owned by the shard's loop. */
final class Connecting {
    /** All other values are reserved (1.2 §5.3.8). */
    private static final int PROTOCOL_ID = 0x01;
    /** The specification says 23; the field does not keep to it. */
    private static final int MAX_CLIENT_ID_OCTETS = 256;

    private final Shard shard;
    private final Dialect.Ports ports;
    private final WillPrompts prompts;

    Connecting(Shard shard, Dialect.Ports ports, WillPrompts prompts) {
        this.shard = shard;
        this.ports = ports;
        this.prompts = prompts;
    }

    void onConnect(Connect packet, NetworkIdentity from, long nowNanos) {
        PacketPort port = ports.to(from, packet.clientId());
        if (packet.protocolId() != PROTOCOL_ID) {
            refuse(Count.CONNECTS_REFUSED_PROTOCOL, packet, from, port, nowNanos);
            return;
        }
        if (!isUsable(packet.clientId())) {
            refuse(Count.CONNECTS_REFUSED_CLIENT_ID, packet, from, port, nowNanos);
            return;
        }
        ConnectRequest request = requestOf(packet, new WillChange.Keep());
        if (prompts.onRepeatedConnect(packet, from) || shard.answerLateCopy(request, packet.will(), from, nowNanos)) {
            return;
        }
        if (!shard.admits(packet.clientId(), from, port, nowNanos)) {
            return;
        }
        if (packet.will()) {
            prompts.begin(packet, from, port, nowNanos);
        } else {
            prompts.cancel(from);
            shard.connect(request, from, port, nowNanos);
        }
    }

    private void refuse(Count cause, Connect packet, NetworkIdentity from, PacketPort port, long nowNanos) {
        shard.refuse(cause, ReasonCode.NOT_SUPPORTED, packet.clientId(), from, port, nowNanos);
    }

    static ConnectRequest requestOf(Connect packet, WillChange willChange) {
        Duration keepAlive = Duration.ofSeconds(packet.durationSeconds());
        return new ConnectRequest(packet.clientId(), packet.cleanSession(), keepAlive, willChange);
    }

    private static boolean isUsable(String clientId) {
        return !clientId.isEmpty()
                && clientId.length() <= MAX_CLIENT_ID_OCTETS
                && clientId.getBytes(StandardCharsets.UTF_8).length <= MAX_CLIENT_ID_OCTETS;
    }
}

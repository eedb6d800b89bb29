package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.Qos;

/**
 * Eclipse Paho's MQTTSNPacket, and what is built on it: searches before it connects, wakes by PINGREQ without its client id,
 * sets the will flag again when it returns from sleep, and never acknowledges what it receives at QoS 2.
 */
final class Paho implements Habits {
    private static final PingReq BARE_PINGREQ = new PingReq("");

    private boolean hasWill;

    @Override
    public boolean searches() {
        return true;
    }

    @Override
    public boolean canReceive(Qos qos) {
        return qos != Qos.EXACTLY_ONCE;
    }

    @Override
    public void send(Packet packet, Sides sides) {
        if (packet instanceof PingReq) {
            sides.toGateway(BARE_PINGREQ);
        } else if (packet instanceof Connect connect) {
            hasWill |= connect.will();
            sides.toGateway(Packets.withWill(connect, hasWill));
        } else if (!(packet instanceof PubRec)) {
            sides.toGateway(packet);
        }
    }
}

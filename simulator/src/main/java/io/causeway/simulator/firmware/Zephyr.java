package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.simulator.scenario.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Zephyr's mqtt_sn: searches before it connects, repeats a PUBLISH of QoS 2 after its PUBREC, and takes every PUBACK for the
 * end of the PUBLISH, also one that asks for a REGISTER.
 */
final class Zephyr implements Habits {
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(255);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);
    private static final int RETRY_COUNT = 5;

    private @Nullable Publish exactlyOnce;

    @Override
    public Connection connection(Connection wanted) {
        Duration keepAlive =
                wanted.keepAlive().compareTo(LONGEST_KEEP_ALIVE) > 0 ? LONGEST_KEEP_ALIVE : wanted.keepAlive();
        return new Connection(keepAlive, wanted.cleanSession(), wanted.will(), RETRY_INTERVAL, RETRY_COUNT);
    }

    @Override
    public boolean searches() {
        return true;
    }

    @Override
    public void send(Packet packet, Sides sides) {
        Publish received = exactlyOnce;
        if (packet instanceof Publish publish && publish.qos() == Qos.EXACTLY_ONCE) {
            exactlyOnce = publish;
        } else if (packet instanceof PubRel pubRel && received != null && received.msgId() == pubRel.msgId()) {
            exactlyOnce = null;
            sides.toGateway(Packets.withDup(received));
        }
        sides.toGateway(packet);
    }

    @Override
    public void receive(Packet packet, Sides sides) {
        boolean asksForRegister = packet instanceof PubAck pubAck && pubAck.returnCode() == ReturnCode.INVALID_TOPIC_ID;
        sides.toSession(asksForRegister ? Packets.withReturnCode((PubAck) packet, ReturnCode.NOT_SUPPORTED) : packet);
    }
}

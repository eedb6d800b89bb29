package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.simulator.scenario.Connection;
import java.time.Duration;

/**
 * RIOT's emcute: never answers REGISTER, and refuses each PUBLISH that is a repetition, has QoS 2 or a predefined topic.
 * Pings every six minutes, neither more nor less.
 */
final class Emcute implements Habits {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(15);
    private static final int RETRY_COUNT = 3;

    @Override
    public Connection connection(Connection wanted) {
        return new Connection(Riot.KEEP_ALIVE, wanted.cleanSession(), wanted.will(), RETRY_INTERVAL, RETRY_COUNT);
    }

    @Override
    public Duration pingInterval() {
        return Riot.KEEP_ALIVE;
    }

    @Override
    public boolean canReceive(Qos qos) {
        return qos != Qos.EXACTLY_ONCE;
    }

    @Override
    public boolean canCatchUp() {
        return false;
    }

    @Override
    public void send(Packet packet, Sides sides) {
        sides.toGateway(Riot.withKeepAlive(packet));
    }

    @Override
    public void receive(Packet packet, Sides sides) {
        if (packet instanceof Publish publish && isRefused(publish)) {
            sides.toGateway(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.NOT_SUPPORTED));
            sides.onRefused(publish);
        } else if (packet instanceof Register) {
            sides.onDeaf();
        } else {
            sides.toSession(packet);
        }
    }

    private static boolean isRefused(Publish publish) {
        return publish.dup() || publish.qos() == Qos.EXACTLY_ONCE || publish.topicIdType() == TopicIdType.PREDEFINED;
    }
}

package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which messages need not be tried. Owned by the worker. */
final class Obstacles {
    private static final Logger LOG = LoggerFactory.getLogger(Obstacles.class);

    private final MqttConnection connection;
    private final int maxPacketOctets;
    private final KnownPoison knownPoison = new KnownPoison();
    private final Set<Unsendable> warned = EnumSet.noneOf(Unsendable.class);

    /** Why a message cannot be sent, as the log tells it. */
    private enum Unsendable {
        TOPIC("its topic holds characters that cannot be sent to the broker"),
        SIZE("it is larger than upstream.max-packet"),
        POISON("the broker ended the connection when others of its kind were sent");

        private final String reason;

        Unsendable(String reason) {
            this.reason = reason;
        }
    }

    Obstacles(MqttConnection connection, int maxPacketOctets) {
        this.connection = connection;
        this.maxPacketOctets = maxPacketOctets;
    }

    void addPoison(ApplicationMessage culprit, long nowNanos) {
        knownPoison.add(culprit, nowNanos);
    }

    /** Whether the message cannot be sent; the log tells it once for each reason, strangers can send such without end. */
    boolean stop(PendingPublish publish, long nowNanos) {
        Unsendable obstacle = obstacleTo(publish.message(), nowNanos);
        if (obstacle != null && warned.add(obstacle)) {
            LOG.warn("{} refused: {}; others are only counted", publish, obstacle.reason);
        }
        return obstacle != null;
    }

    private @Nullable Unsendable obstacleTo(ApplicationMessage message, long nowNanos) {
        if (!connection.canCarry(message.topic())) {
            return Unsendable.TOPIC;
        }
        if (PublishSize.octets(message) > maxPacketOctets) {
            return Unsendable.SIZE;
        }
        return knownPoison.holds(message, nowNanos) ? Unsendable.POISON : null;
    }
}

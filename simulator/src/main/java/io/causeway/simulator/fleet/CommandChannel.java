package io.causeway.simulator.fleet;

import io.causeway.client.IncomingMessage;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.payload.Stamps;
import io.causeway.simulator.truth.MessageStream;
import java.util.Optional;

/**
 * What one sensor is sent by way of the broker. The gateway has to deliver what the broker has accepted while the sensor's
 * subscription stood, for as long as the session lasts that the subscription is part of. Owned by the thread of the run.
 */
final class CommandChannel {
    private final World world;
    private final String topicName;
    private final Qos qos;
    private final boolean isReceivable;
    private final MessageStream stream;
    private final PayloadWriter payloads;

    /** In the session that the gateway has now, at a QoS that promises something. */
    private boolean isPromising;

    /** Sessions that were deleted. */
    private int deletedSessions;

    /** The last one received, and the last one before the sensor forgot everything; -1 for none. */
    private int lastReceived = -1;

    private int lastForgotten = -1;

    /** @param isReceivable whether the sensor's firmware can receive messages of that QoS */
    CommandChannel(
            World world,
            String topicName,
            Qos qos,
            boolean isReceivable,
            MessageStream stream,
            PayloadWriter payloads) {
        this.world = world;
        this.topicName = topicName;
        this.qos = qos;
        this.isReceivable = isReceivable;
        this.stream = stream;
        this.payloads = payloads;
    }

    String topicName() {
        return topicName;
    }

    Qos qos() {
        return qos;
    }

    void onSubscribed(Qos granted) {
        isPromising = isReceivable && qos.isAcknowledged() && granted == qos;
    }

    /** The gateway has nothing for the sensor any more, as the sensor wants it. */
    void onSessionDeleted() {
        isPromising = false;
        deletedSessions++;
        excuseMissing();
    }

    /** What the sensor has received and not yet acknowledged it may receive again, and not know. */
    void onMemoryLost() {
        lastForgotten = lastReceived;
    }

    /** Nobody can blame the gateway for what it could not deliver. */
    void excuseMissing() {
        stream.excuseMissing();
    }

    boolean isMissingSome() {
        return stream.tally().missing() > 0;
    }

    /** An application sends one. */
    void send(Broker broker, long nowNanos) {
        int sequence = stream.next();
        int session = deletedSessions;
        Octets payload = payloads.write(new Stamp(world.ledger().run(), stream.number(), sequence, nowNanos));
        world.meter().onCommand();
        broker.send(topicName, payload, qos, () -> onAccepted(sequence, session));
    }

    private void onAccepted(int sequence, int session) {
        if (isPromising && session == deletedSessions) {
            stream.onPromised(sequence);
        }
    }

    void onMessage(IncomingMessage message, long nowNanos) {
        Optional<Stamp> stamp = ours(message.payload());
        if (stamp.isEmpty()) {
            world.ledger().onForeign();
            return;
        }
        int sequence = stamp.get().sequence();
        if (sequence == lastForgotten && message.dup()) {
            return;
        }
        lastReceived = sequence;
        if (world.ledger().onArrived(stamp.get(), nowNanos)) {
            world.meter().onReceived(nowNanos - stamp.get().sentNanos());
        }
    }

    /** The firmware has refused it. */
    void onRefused(Publish publish) {
        ours(publish.data()).ifPresent(stamp -> stream.excuse(stamp.sequence()));
    }

    private Optional<Stamp> ours(Octets payload) {
        return Stamps.find(payload.toByteArray())
                .filter(stamp -> stamp.run() == world.ledger().run() && stamp.stream() == stream.number());
    }
}

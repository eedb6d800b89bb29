package io.causeway.simulator.fleet;

import io.causeway.client.IncomingMessage;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.truth.MessageStream;

/**
 * What one sensor is sent by way of the broker. The gateway has to deliver what the broker has accepted while the sensor's
 * subscription stood, for as long as the session lasts that the subscription is part of. Owned by the thread of the run.
 */
final class CommandChannel {
    private final World world;
    private final boolean isReceivable;
    private final MessageStream stream;
    private final PayloadWriter payloads;

    /** In the session that the gateway has now, at a QoS that promises something. */
    private boolean isPromising;

    /** Another whenever what was sent before need not be delivered any more. */
    private int term;

    /** @param isReceivable whether the sensor's firmware can receive messages of that QoS */
    CommandChannel(World world, boolean isReceivable, MessageStream stream, PayloadWriter payloads) {
        this.world = world;
        this.isReceivable = isReceivable;
        this.stream = stream;
        this.payloads = payloads;
    }

    String topicName() {
        return stream.channel().topic();
    }

    Qos qos() {
        return stream.channel().qos();
    }

    void onSubscribed(Qos granted) {
        isPromising = isReceivable && qos().isAcknowledged() && granted == qos();
    }

    /** As the sensor wants it, the gateway has nothing for it any more, and the sensor nothing of the gateway. */
    void onSessionDeleted() {
        onDeaf();
        onMemoryLost();
    }

    /** Until the sensor subscribes again, its firmware does not understand what it is sent. */
    void onDeaf() {
        isPromising = false;
        term++;
        excuseMissing();
    }

    /** The sensor has lost its memory: what it received last may come again, and it would not know. */
    void onMemoryLost() {
        stream.onReceiverForgot();
    }

    /** Nobody can blame the gateway for what it could not deliver. */
    void excuseMissing() {
        stream.excuse();
    }

    /** From now on nothing is promised any more: the run is about to end, and its sensors to leave. */
    void promiseNoMore() {
        isPromising = false;
        term++;
    }

    boolean isMissingSome() {
        return stream.tally().missing() > 0;
    }

    /** An application sends one. */
    void send(Broker broker, long nowNanos) {
        int sequence = stream.next();
        boolean wasPromising = isPromising;
        int sentIn = term;
        Octets payload = payloads.write(new Stamp(world.ledger().run(), stream.number(), sequence, nowNanos));
        boolean isTaken = broker.send(topicName(), payload, qos(), () -> {
            if (wasPromising && sentIn == term) {
                stream.onPromised(sequence);
            }
        });
        if (isTaken) {
            world.meter().onCommand();
        }
    }

    void onMessage(IncomingMessage message, long nowNanos) {
        world.ledger()
                .onArrivedAtSensor(stream.channel().client(), message, nowNanos)
                .ifPresent(world.meter()::onReceived);
    }
}

package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.routing.Delivery;
import io.causeway.routing.DeliveryTarget;
import io.causeway.session.Mailbox;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.util.function.ObjLongConsumer;

/**
 * The MQTT sessions of one event loop: all clients whose id falls to it.
 *
 * <p>Owned by that loop. Only {@link #deliver}, {@link #isOverloaded} and {@link #mailbox} are for other threads.
 */
public final class MqttShard implements DeliveryTarget {
    private final Mailbox mailbox;
    private ObjLongConsumer<String> takeover = (clientId, nowNanos) -> {};

    public MqttShard(Broker broker, Mailbox mailbox, long nowNanos) {
        this.mailbox = mailbox;
    }

    /** Who is to end the session of another protocol with the same client id, on this loop. To be set before use. */
    public void useTakeover(ObjLongConsumer<String> newTakeover) {
        takeover = newTakeover;
    }

    /**
     * Opens a connection whose client was authenticated: answers CONNACK, or refuses and closes.
     *
     * @param identity with the client id of the CONNECT, or an assigned one if that is empty
     * @return closed already if it was refused
     */
    public MqttConnection connect(MqttConnectMessage connect, Identity identity, ConnectionPort port, long nowNanos) {
        takeover.accept(identity.clientId(), nowNanos);
        return new MqttConnection();
    }

    /** A client of another protocol takes the client id: the session here ends. False if there was none. */
    public boolean yieldTo(String clientId, long nowNanos) {
        return false;
    }

    @Override
    public void deliver(Delivery delivery) {}

    @Override
    public boolean isOverloaded() {
        return mailbox.isOverloaded();
    }

    /** Runs what is due. To be called about every {@link #nanosToNextTimer}. */
    public void advance(long nowNanos) {}

    public long nanosToNextTimer(long nowNanos) {
        return Long.MAX_VALUE;
    }

    public BrokerCensus census() {
        return BrokerCensus.EMPTY;
    }

    public Mailbox mailbox() {
        return mailbox;
    }
}

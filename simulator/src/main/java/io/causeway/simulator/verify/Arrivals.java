package io.causeway.simulator.verify;

import io.causeway.simulator.network.SocketLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What arrives at the broker: a subscription of QoS 1 in a persistent session, so that nothing is lost while the connection
 * is. Owned by the thread of the run.
 */
final class Arrivals implements BrokerConnection.Listener {
    /** Nothing more is read then, until these are handed over. */
    private static final int MAX_WAITING = 1 << 16;

    /** A write for each acknowledgement would cost more than all the rest. Mosquitto waits for one from 20 on. */
    private static final int MAX_UNACKNOWLEDGED = 10;

    /** A broker without TCP_NODELAY sends a single message only when the one before is acknowledged. */
    private static final long ACKNOWLEDGE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final int PUBACK = 0x40;
    private static final int PUBACK_BODY_OCTETS = 2;
    private static final int PUBACK_OCTETS = 4;
    private static final int SUBSCRIBE_ID = 1;
    private static final int REFUSED = 0x80;
    private static final String DROPPED = "$SYS/broker/publish/messages/dropped";

    private final SocketLoop loop;
    private final BrokerConnection connection;
    private final SessionEnd sessionEnd;
    private final List<String> filters;
    private final Doubts doubts = new Doubts();
    private final List<Arrival> waiting = new ArrayList<>();
    private final ByteBuf acknowledgements = Unpooled.buffer(MAX_UNACKNOWLEDGED * PUBACK_OCTETS);
    private long acknowledgedNanos = System.nanoTime();
    private List<Integer> granted = List.of();
    private boolean isSubscribed;

    private record Arrival(MqttPublishMessage message, long receivedNanos) {}

    /** @param filters what is to be seen; {@code +} is the only wildcard */
    Arrivals(SocketLoop loop, BrokerTarget broker, String clientId, Collection<String> filters) throws IOException {
        this.loop = loop;
        this.filters = DisjointFilters.covering(filters);
        this.filters.add(DROPPED);
        this.connection = new BrokerConnection(loop, broker, clientId, false, this);
        this.sessionEnd = new SessionEnd(loop, broker, clientId);
    }

    /**
     * Connects and subscribes, and waits for both answers.
     *
     * @throws IOException if the broker is away or refuses; the message says so
     */
    void open() throws IOException {
        connection.open();
        boolean isAnswered = loop.runUntil(() -> !granted.isEmpty() || !connection.isUp(), BrokerConnection.PATIENCE);
        if (!isAnswered || granted.isEmpty()) {
            throw new IOException(connection.trouble().orElse("the broker does not answer SUBSCRIBE"));
        }
        Optional<String> refused = refused();
        if (refused.isPresent()) {
            throw new IOException("the broker refuses a subscription to " + refused.get());
        }
    }

    private Optional<String> refused() {
        return IntStream.range(0, filters.size())
                .filter(index -> index >= granted.size() || granted.get(index) >= REFUSED)
                .mapToObj(filters::get)
                .filter(filter -> !filter.equals(DROPPED)) // not every broker lets everybody see it
                .findFirst();
    }

    /** Tells what has come since the last time. */
    void drain(ArrivalListener listener) {
        connection.maintain();
        if (waiting.size() >= MAX_WAITING) {
            connection.read(true);
        }
        for (Arrival arrival : waiting) {
            hand(arrival, listener);
        }
        waiting.clear();
        if (acknowledgements.isReadable() && System.nanoTime() - acknowledgedNanos >= ACKNOWLEDGE_NANOS) {
            acknowledge();
        }
    }

    private static void hand(Arrival arrival, ArrivalListener listener) {
        MqttPublishMessage message = arrival.message();
        boolean isRedelivery =
                message.fixedHeader().isDup() || message.fixedHeader().isRetain();
        listener.onArrived(
                message.variableHeader().topicName(), message.payload(), isRedelivery, arrival.receivedNanos());
        message.release();
    }

    Optional<String> trouble() {
        return connection.trouble();
    }

    int interruptions() {
        return connection.interruptions();
    }

    boolean tellsLosses() {
        return doubts.areTold();
    }

    Optional<String> doubt() {
        return doubts.inWords();
    }

    /** Has the broker delete the session. */
    void close() {
        boolean wasUp = connection.isUp();
        connection.close();
        if (wasUp) {
            sessionEnd.bringAbout();
        }
        waiting.forEach(arrival -> arrival.message().release());
        waiting.clear();
    }

    @Override
    public void onConnected(boolean isSessionPresent) {
        if (isSubscribed && isSessionPresent) {
            return;
        }
        if (isSubscribed) {
            doubts.onSessionForgotten();
        }
        isSubscribed = true;
        MqttMessageBuilders.SubscribeBuilder subscribe =
                MqttMessageBuilders.subscribe().messageId(SUBSCRIBE_ID);
        filters.forEach(filter -> subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, filter));
        connection.send(subscribe.build());
    }

    @Override
    public void onPacket(MqttMessage packet) {
        if (packet instanceof MqttPublishMessage publish) {
            onPublish(publish);
        } else if (packet instanceof MqttSubAckMessage subAck) {
            granted = subAck.payload().grantedQoSLevels();
            refused().ifPresent(doubts::onRefused);
        }
    }

    private void onPublish(MqttPublishMessage publish) {
        if (publish.variableHeader().topicName().equals(DROPPED)) {
            doubts.onDropped(ByteBufUtil.getBytes(publish.payload()));
        } else {
            waiting.add(new Arrival(publish.retain(), System.nanoTime()));
        }
        if (publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            acknowledgements.writeByte(PUBACK).writeByte(PUBACK_BODY_OCTETS);
            acknowledgements.writeShort(publish.variableHeader().packetId());
        }
        if (acknowledgements.readableBytes() >= MAX_UNACKNOWLEDGED * PUBACK_OCTETS) {
            acknowledge();
        }
        if (waiting.size() >= MAX_WAITING) {
            connection.read(false);
        }
    }

    private void acknowledge() {
        acknowledgedNanos = System.nanoTime();
        connection.send(acknowledgements.copy());
        acknowledgements.clear();
    }

    /** The session keeps what comes, and what was not acknowledged comes again. */
    @Override
    public void onLost() {
        acknowledgements.clear();
    }
}

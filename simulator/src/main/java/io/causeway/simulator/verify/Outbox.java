package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.network.SocketLoop;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Commands on their way to the broker, in the order of their sending: a few under way, the others wait. Owned by the thread
 * of the run.
 */
final class Outbox implements BrokerConnection.Listener {
    /** Mosquitto acknowledges and loses messages of QoS 2 from its own {@code max_inflight_messages} (20) on. */
    private static final int MAX_UNDER_WAY = 10;

    private static final int MAX_WAITING = 10_000;
    private static final int MAX_PACKET_ID = 0xFFFF;

    private final BrokerConnection connection;
    private final Deque<Command> waiting = new ArrayDeque<>();

    /** By packet id. */
    private final Map<Integer, Command> underWay = new HashMap<>();

    private int lastPacketId;

    /** @param clientId of a session that is new each time */
    Outbox(SocketLoop loop, BrokerTarget broker, String clientId) throws IOException {
        this.connection = new BrokerConnection(loop, broker, clientId, true, this);
    }

    /** @param whenAccepted run when the broker has acknowledged it */
    record Command(String topic, Octets payload, Qos qos, Runnable whenAccepted) {}

    /** @throws IOException if the broker is away or refuses; the message says so */
    void open() throws IOException {
        connection.open();
    }

    /** @return false if too many wait: it is not sent */
    boolean add(Command command) {
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        waiting.add(command);
        sendMore();
        return true;
    }

    /** To be called every now and then: connects again after an interruption, and sends as many as may be under way. */
    void maintain() {
        connection.maintain();
        sendMore();
    }

    private void sendMore() {
        while (connection.isWritable() && underWay.size() < MAX_UNDER_WAY && !waiting.isEmpty()) {
            send(waiting.removeFirst());
        }
    }

    private void send(Command command) {
        MqttQoS qos = MqttQoS.valueOf(command.qos().wireValue());
        int packetId = 0;
        if (command.qos().isAcknowledged()) {
            packetId = lastPacketId % MAX_PACKET_ID + 1;
            lastPacketId = packetId;
            underWay.put(packetId, command);
        }
        connection.send(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, qos, false, 0),
                new MqttPublishVariableHeader(command.topic(), packetId),
                Unpooled.wrappedBuffer(command.payload().toByteArray())));
    }

    boolean isSending() {
        return !waiting.isEmpty() || !underWay.isEmpty();
    }

    Optional<String> trouble() {
        return connection.trouble();
    }

    void close() {
        connection.close();
    }

    @Override
    public void onConnected(boolean isSessionPresent) {
        sendMore();
    }

    @Override
    public void onPacket(MqttMessage packet) {
        if (!(packet.variableHeader() instanceof MqttMessageIdVariableHeader header)) {
            return;
        }
        switch (packet.fixedHeader().messageType()) {
            case PUBREC ->
                connection.send(new MqttMessage(
                        new MqttFixedHeader(MqttMessageType.PUBREL, false, MqttQoS.AT_LEAST_ONCE, false, 0), header));
            case PUBACK, PUBCOMP -> onAccepted(header.messageId());
            default -> {} // nothing is subscribed to here
        }
    }

    private void onAccepted(int packetId) {
        Command command = underWay.remove(packetId);
        if (command != null) {
            command.whenAccepted().run();
            sendMore();
        }
    }

    /** Whether the broker has what was under way, nobody will tell. */
    @Override
    public void onLost() {
        underWay.clear();
    }
}

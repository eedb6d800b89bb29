package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A client that gets what is published below {@code t/}, notes it and acknowledges it when it likes, in order. */
final class ModelSubscriber {
    private final TestClient client;
    private final String name;
    private final int qos;
    private final TestClient.Version version;
    private final Map<String, List<String>> firstArrivals = new HashMap<>();
    private final Map<String, List<String>> repeated = new HashMap<>();
    /** QoS 2 messages that are noted and not released [MQTT-4.3.3-10]. */
    private final Set<Integer> received = new HashSet<>();
    /** Came in, and not looked at yet. */
    private final Deque<MqttMessage> unread = new ArrayDeque<>();

    ModelSubscriber(VirtualBroker broker, String name, int qos, TestClient.Version version) {
        this(broker, name, "t/#", qos, version);
    }

    ModelSubscriber(VirtualBroker broker, String name, String filter, int qos, TestClient.Version version) {
        this.client = broker.client(name, version);
        this.name = name;
        this.qos = qos;
        this.version = version;
        client.resume();
        client.subscribe(filter, qos);
        client.receivedPackets();
    }

    String name() {
        return name;
    }

    int qos() {
        return qos;
    }

    List<String> firstArrivalsOf(String publisher) {
        return firstArrivals.getOrDefault("t/" + publisher, List.of());
    }

    List<String> repeatedOf(String publisher) {
        return repeated.getOrDefault("t/" + publisher, List.of());
    }

    void setWritable(boolean writable) {
        client.setWritable(writable);
    }

    /** Looks at some of what came. */
    void read(Random random) {
        unread.addAll(client.receivedPackets());
        for (int i = random.nextInt(6); i > 0 && !unread.isEmpty(); i--) {
            handle(unread.remove());
        }
    }

    /** False if nothing came. */
    boolean readAll() {
        unread.addAll(client.receivedPackets());
        boolean any = !unread.isEmpty();
        while (!unread.isEmpty()) {
            handle(unread.remove());
        }
        return any;
    }

    /** @param takenOver the old connection is ended by the new one, not before; what was not read is lost either way */
    void reconnect(boolean takenOver) {
        client.receivedPackets();
        unread.clear();
        if (!takenOver) {
            client.cut();
        }
        client.resume();
    }

    /** @param arrives whether what the broker has sent and was not read arrives, and is answered in vain */
    void loseBroker(boolean arrives) {
        client.lose();
        if (arrives) {
            readAll();
        } else {
            client.receivedPackets();
            unread.clear();
        }
    }

    void comeBack() {
        client.resume();
    }

    /** A client that has had a session has it still. */
    static void checkPresent(MqttConnAckMessage connAck, TestClient.Version version) {
        if (!connAck.variableHeader().isSessionPresent() && version != TestClient.Version.V3) {
            throw new IllegalStateException("the session is lost");
        }
    }

    private void handle(MqttMessage packet) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> onPublish((MqttPublishMessage) packet);
            case PUBREL -> {
                int packetId = ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
                received.remove(packetId);
                client.pubComp(packetId);
            }
            case CONNACK -> checkPresent((MqttConnAckMessage) packet, version);
            case DISCONNECT -> {} // the broker stops
            default -> throw new IllegalStateException(PacketText.of(packet));
        }
    }

    private void onPublish(MqttPublishMessage publish) {
        int packetId = publish.variableHeader().packetId();
        boolean exactlyOnce = publish.fixedHeader().qosLevel().value() == 2;
        if (!exactlyOnce || received.add(packetId)) {
            note(publish.variableHeader().topicName(), publish.content().toString(StandardCharsets.UTF_8));
        }
        if (exactlyOnce) {
            client.pubRec(packetId);
        } else {
            client.pubAck(packetId);
        }
    }

    private void note(String topic, String payload) {
        List<String> first = firstArrivals.computeIfAbsent(topic, unused -> new ArrayList<>());
        if (first.contains(payload)) {
            repeated.computeIfAbsent(topic, unused -> new ArrayList<>()).add(payload);
        } else {
            first.add(payload);
        }
    }
}

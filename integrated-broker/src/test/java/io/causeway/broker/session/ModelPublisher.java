package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that publishes numbered messages, and repeats what is not acknowledged when it comes back, as it must. */
final class ModelPublisher {
    private final TestClient client;
    private final String name;
    private final TestClient.Version version;
    private final String topic;
    private final boolean retaining;
    private final List<String> sent = new ArrayList<>();
    /** In the order first sent. */
    private final Map<Integer, Open> open = new LinkedHashMap<>();

    private int acknowledged;

    private record Open(String payload, int qos, boolean released) {}

    ModelPublisher(VirtualBroker broker, String name, TestClient.Version version) {
        this(broker, name, version, "t/" + name, false);
    }

    /** @param retaining every message is to be retained */
    ModelPublisher(VirtualBroker broker, String name, TestClient.Version version, String topic, boolean retaining) {
        this.client = broker.client(name, version);
        this.name = name;
        this.version = version;
        this.topic = topic;
        this.retaining = retaining;
        client.resume();
        client.receivedPackets();
    }

    String name() {
        return name;
    }

    String topic() {
        return topic;
    }

    /** Payloads, in order. */
    List<String> sent() {
        return sent;
    }

    /** So many of them, the first ones, are acknowledged: PUBACK or PUBREC has come. */
    int acknowledged() {
        return acknowledged;
    }

    void publish(int qos) {
        int packetId = 1; // the lowest that is free, so that ids are used again soon
        while (open.containsKey(packetId)) {
            packetId++;
        }
        String payload = sent.size() + "q" + qos;
        sent.add(payload);
        open.put(packetId, new Open(payload, qos, false));
        client.publish(topic, payload, qos, packetId, publish -> publish.retained(retaining));
    }

    /** Answers what came; false if nothing did. */
    boolean read() {
        List<MqttMessage> packets = client.receivedPackets();
        for (MqttMessage packet : packets) {
            switch (packet.fixedHeader().messageType()) {
                case PUBACK -> {
                    note(idOf(packet));
                    open.remove(idOf(packet));
                }
                case PUBCOMP -> open.remove(idOf(packet));
                case PUBREC -> {
                    int packetId = idOf(packet);
                    note(packetId);
                    open.computeIfPresent(packetId, (unused, each) -> new Open(each.payload(), each.qos(), true));
                    client.pubRel(packetId);
                }
                case CONNACK -> ModelSubscriber.checkPresent((MqttConnAckMessage) packet, version);
                case DISCONNECT -> {} // the broker stops
                default -> throw new IllegalStateException(PacketText.of(packet));
            }
        }
        return !packets.isEmpty();
    }

    /** @param lose whether what the broker has sent and was not read is lost */
    void reconnect(boolean lose) {
        if (lose) {
            client.receivedPackets();
        } else {
            read();
        }
        client.cut();
        comeBack();
    }

    /** @param arrives whether what the broker has sent and was not read arrives, and is answered in vain */
    void loseBroker(boolean arrives) {
        client.lose();
        if (arrives) {
            read();
        } else {
            client.receivedPackets();
        }
    }

    /** Connects, and repeats what is not acknowledged. */
    void comeBack() {
        client.resume();
        open.forEach((packetId, each) -> {
            if (each.released()) {
                client.pubRel(packetId);
            } else {
                client.repeat(topic, each.payload(), each.qos(), packetId, retaining);
            }
        });
    }

    private void note(int packetId) {
        Open answered = open.get(packetId);
        if (answered != null) {
            acknowledged = Math.max(acknowledged, sent.indexOf(answered.payload()) + 1);
        }
    }

    private static int idOf(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }
}

package io.causeway.broker.session;

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
    private final List<String> sent = new ArrayList<>();
    /** In the order first sent. */
    private final Map<Integer, Open> open = new LinkedHashMap<>();

    private int lastPacketId;

    private record Open(String payload, int qos, boolean released) {}

    ModelPublisher(VirtualBroker broker, String name, TestClient.Version version) {
        this.client = broker.client(name, version);
        this.name = name;
        client.resume();
    }

    String name() {
        return name;
    }

    /** Payloads, in order. */
    List<String> sent() {
        return sent;
    }

    void publish(int qos) {
        do {
            lastPacketId = lastPacketId % 100 + 1; // a small range, so that ids are used again soon
        } while (open.containsKey(lastPacketId));
        String payload = sent.size() + "q" + qos;
        sent.add(payload);
        open.put(lastPacketId, new Open(payload, qos, false));
        client.publish("t/" + name, payload, qos, lastPacketId);
    }

    /** Answers what came; false if nothing did. */
    boolean read() {
        List<MqttMessage> packets = client.receivedPackets();
        for (MqttMessage packet : packets) {
            switch (packet.fixedHeader().messageType()) {
                case PUBACK, PUBCOMP -> open.remove(idOf(packet));
                case PUBREC -> {
                    int packetId = idOf(packet);
                    open.computeIfPresent(packetId, (unused, each) -> new Open(each.payload(), each.qos(), true));
                    client.pubRel(packetId);
                }
                case CONNACK -> {}
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
        client.resume();
        open.forEach((packetId, each) -> {
            if (each.released()) {
                client.pubRel(packetId);
            } else {
                client.repeat("t/" + name, each.payload(), each.qos(), packetId);
            }
        });
    }

    private static int idOf(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }
}

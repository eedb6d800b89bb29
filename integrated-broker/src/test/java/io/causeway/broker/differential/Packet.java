package io.causeway.broker.differential;

import java.util.List;

/**
 * A packet as a broker has sent it. What its type does not have is empty, 0 or false.
 *
 * @param id      packet id
 * @param reasons reason or return codes: one, or one for each topic filter
 */
record Packet(
        PacketType type,
        boolean sessionPresent,
        boolean dup,
        int qos,
        boolean retain,
        int id,
        List<Integer> reasons,
        String topic,
        String payload,
        Properties properties) {
    static final int FAILURE = 0x80;

    static Packet publish(
            boolean dup, int qos, boolean retain, int id, String topic, String payload, Properties properties) {
        return new Packet(PacketType.PUBLISH, false, dup, qos, retain, id, List.of(), topic, payload, properties);
    }

    static Packet answer(PacketType type, int id, List<Integer> reasons, Properties properties) {
        return new Packet(type, false, false, 0, false, id, reasons, "", "", properties);
    }

    static Packet connAck(boolean sessionPresent, int reason, Properties properties) {
        return new Packet(PacketType.CONNACK, sessionPresent, false, 0, false, 0, List.of(reason), "", "", properties);
    }

    boolean isRefusal() {
        return reasons.stream().anyMatch(reason -> reason >= FAILURE);
    }

    Packet withTopic(String newTopic) {
        return publish(dup, qos, retain, id, newTopic, payload, properties);
    }

    Packet withProperties(Properties newProperties) {
        return new Packet(type, sessionPresent, dup, qos, retain, id, reasons, topic, payload, newProperties);
    }

    Packet withReason(int reason) {
        return answer(type, id, List.of(reason), properties);
    }

    /** Without what depends on the subscription. */
    Packet withoutSubscription() {
        return publish(dup, qos, false, id, topic, payload, properties.without(Property.SUBSCRIPTION_ID));
    }

    /** One copy for two: the higher QoS, and the identifiers of both subscriptions. */
    Packet mergedWith(Packet copy) {
        return publish(
                dup || copy.dup,
                Math.max(qos, copy.qos),
                retain || copy.retain,
                id,
                topic,
                payload,
                properties.withAllOf(Property.SUBSCRIPTION_ID, copy.properties));
    }

    /** As transcripts have it: all but the packet id, which a broker is free to choose. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.name());
        if (type == PacketType.PUBLISH) {
            text.append(' ')
                    .append(topic)
                    .append(" '")
                    .append(payload)
                    .append("' qos ")
                    .append(qos);
        }
        reasons.forEach(reason -> text.append(String.format(" 0x%02X", reason)));
        text.append(sessionPresent ? " session present" : "").append(dup ? " dup" : "");
        return text.append(retain ? " retain" : "")
                .append(properties.values().isEmpty() ? "" : " ")
                .append(properties)
                .toString();
    }
}

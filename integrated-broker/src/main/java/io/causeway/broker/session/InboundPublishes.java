package io.causeway.broker.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;
import io.causeway.store.Changes;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a client publishes on one connection: every message once to the router, acknowledged in the order received, when
 * every queue has it, durably where it is kept (MQTT 5 §4.3, §4.6). Owned by the connection's loop.
 */
final class InboundPublishes {
    private final MqttConnection connection;
    private final MqttSession session;
    private final MqttShard shard;
    private final Broker broker;
    private final TopicAliasesIn aliases;
    private final int receiveMaximum;
    /** To be answered in this order [MQTT-4.6.0-2] [MQTT-4.6.0-3]. */
    private final ArrayDeque<InboundExchange> unanswered = new ArrayDeque<>(2);
    /** Exchanges of this connection that count against the receive maximum (§4.9). */
    private int open;

    InboundPublishes(MqttConnection connection, MqttSession session, MqttShard shard) {
        this.connection = connection;
        this.session = session;
        this.shard = shard;
        this.broker = shard.broker();
        this.aliases = new TopicAliasesIn(
                connection.version().isFive() ? broker.settings().topicAliasMaximum() : 0);
        this.receiveMaximum = broker.settings().receiveMaximum();
    }

    void onPublish(MqttPublishMessage packet, long nowNanos) {
        Qos qos = Qos.of(packet.fixedHeader().qosLevel().value());
        MqttProperties properties = packet.variableHeader().properties();
        if (packet.fixedHeader().isDup() && qos == Qos.AT_MOST_ONCE) {
            connection.onMalformed(
                    MqttReasonCodes.Disconnect.MALFORMED_PACKET, "DUP at QoS 0", nowNanos); // [MQTT-3.3.1-2]
            return;
        }
        if (!PropertyRules.PUBLISH.allow(properties) || !PropertyReader.isSound(properties)) {
            connection.onProtocolError("property that PUBLISH cannot have", nowNanos); // [MQTT-3.3.4-6]
            return;
        }
        String topic = topicOf(packet.variableHeader().topicName(), properties, nowNanos);
        if (topic.isEmpty()) {
            return;
        }
        InboundExchange exchange = null;
        if (qos != Qos.AT_MOST_ONCE) {
            exchange = begin(packet.variableHeader().packetId(), qos, nowNanos);
            if (exchange == null) {
                return;
            }
        }
        ApplicationMessage message = new ApplicationMessage(
                topic,
                Octets.copyOf(packet.payload()),
                qos,
                packet.fixedHeader().isRetain(),
                PropertyReader.message(properties, nowNanos));
        shard.count(BrokerCount.MESSAGES_IN);
        publish(message, exchange, nowNanos);
    }

    void onPubRel(int packetId) {
        InboundExchange exchange = session.received().get(packetId);
        if (exchange == null || !exchange.isAnswered()) {
            connection.sendWhenDurable(Answers.pubComp(packetId, Reason.PACKET_IDENTIFIER_NOT_FOUND));
            return;
        }
        session.received().remove(exchange);
        session.record().remove(exchange);
        if (exchange.asker() == this) {
            open--;
        }
        connection.sendWhenDurable(Answers.pubComp(packetId, Reason.SUCCESS));
    }

    /** One message more of those that are to be answered is safe. */
    void onSafe(long nowNanos) {
        shard.run(session, now -> answerInOrder(), nowNanos);
        connection.regulateReading();
    }

    private void answerInOrder() {
        for (InboundExchange first = unanswered.peek(); first != null && first.isSafe(); first = unanswered.peek()) {
            unanswered.poll();
            answer(first);
        }
    }

    /** Whether so much is on its way to the queues that no more is to be read: MQTT 3 knows no receive maximum. */
    boolean isFull() {
        return unanswered.size() >= receiveMaximum;
    }

    /** The connection is over: nobody waits for the answers any more. */
    void close() {
        unanswered.forEach(each -> each.forgetAsker(this));
        unanswered.clear();
    }

    /** The topic that the client means, or empty if it was disconnected for it. */
    private String topicOf(String written, MqttProperties properties, long nowNanos) {
        if (written.indexOf('+') >= 0 || written.indexOf('#') >= 0) {
            connection.onProtocolError("wildcard in a topic name", nowNanos);
            return ""; // [MQTT-3.3.2-2]
        }
        long alias = PropertyReader.number(properties, MqttProperties.TOPIC_ALIAS, -1);
        if (alias == -1) {
            if (written.isEmpty()) {
                connection.onProtocolError("empty topic name", nowNanos);
            }
            return written;
        }
        if (!aliases.isLegal(alias)) {
            connection.onLimitExceeded(
                    MqttReasonCodes.Disconnect.TOPIC_ALIAS_INVALID, "topic alias " + alias, nowNanos);
            return ""; // [MQTT-3.3.2-8] [MQTT-3.3.2-9]
        }
        if (!written.isEmpty()) {
            aliases.set((int) alias, written);
            return written;
        }
        String known = aliases.topicOf((int) alias);
        if (known.isEmpty()) {
            connection.onProtocolError("topic alias " + alias + " without a topic", nowNanos);
        }
        return known;
    }

    /** A new exchange; null if it is none, or one too many. */
    private @Nullable InboundExchange begin(int packetId, Qos qos, long nowNanos) {
        InboundExchange known = qos == Qos.EXACTLY_ONCE ? session.received().get(packetId) : null;
        boolean counted = known != null && known.asker() == this;
        if (!counted && connection.version().isFive() && open >= receiveMaximum) {
            connection.onLimitExceeded(
                    MqttReasonCodes.Disconnect.RECEIVE_MAXIMUM_EXCEEDED, "receive maximum", nowNanos);
            return null; // [MQTT-3.3.4-7]
        }
        if (!counted) {
            open++;
        }
        if (known != null) {
            repeat(known, counted);
            return null;
        }
        InboundExchange exchange = new InboundExchange(packetId, qos, shard.settled(), this);
        if (qos == Qos.EXACTLY_ONCE) {
            session.received().put(exchange);
        }
        unanswered.add(exchange);
        return exchange;
    }

    /** The same message again [MQTT-4.3.3-10]: its answer is repeated, or comes as soon as it may. */
    private void repeat(InboundExchange exchange, boolean counted) {
        shard.count(BrokerCount.MESSAGES_IN_REPEATED);
        if (!counted) {
            exchange.askedBy(this);
            unanswered.add(exchange);
            answerInOrder();
        } else if (exchange.isAnswered()) {
            connection.send(Answers.pubRec(exchange.packetId(), exchange.reason()));
        }
    }

    /** @param exchange to be answered, or null at QoS 0 */
    private void publish(ApplicationMessage message, @Nullable InboundExchange exchange, long nowNanos) {
        Reason refusal = refusalOf(message);
        if (refusal != Reason.SUCCESS) {
            connection.warnRefused("message dropped", refusal + " " + message.topic(), nowNanos);
            refuse(exchange, refusal);
            return;
        }
        if (isRefusable(exchange) && !shard.commits().isTaking()) {
            shard.count(BrokerCount.MESSAGES_IN_REFUSED_STORE);
            refuse(exchange, Reason.QUOTA_EXCEEDED);
            return;
        }
        Changes together = stepOf(exchange);
        Runnable whenQueued = exchange == null ? () -> {} : exchange;
        switch (broker.keepingUpstream()
                .deliver(session.clientId(), message, together, isRefusable(exchange), whenQueued)) {
            case MATCHED -> {}
            case UNMATCHED -> {
                shard.count(BrokerCount.MESSAGES_IN_UNMATCHED);
                if (exchange != null) {
                    exchange.decide(Reason.NO_MATCHING_SUBSCRIBERS);
                }
            }
            case REFUSED -> {
                connection.warnRefused("message not retained", message.topic(), nowNanos);
                refuse(exchange, Reason.QUOTA_EXCEEDED);
            }
        }
    }

    /** The client can be told that its message is not taken; MQTT 3 has no answer for that. */
    private boolean isRefusable(@Nullable InboundExchange exchange) {
        return exchange != null && connection.version().isFive();
    }

    /** What a message at QoS 2 becomes durable with, where its reception is kept over a restart; else null. */
    private @Nullable Changes stepOf(@Nullable InboundExchange exchange) {
        if (exchange == null || exchange.qos() != Qos.EXACTLY_ONCE) {
            return null;
        }
        return session.record().isWhole() ? session.steps().begin(exchange) : null;
    }

    private Reason refusalOf(ApplicationMessage message) {
        if (!TopicName.isValid(message.topic())) {
            shard.count(BrokerCount.MESSAGES_IN_REFUSED_TOPIC);
            return Reason.TOPIC_NAME_INVALID;
        }
        if (Broker.isReserved(message.topic())) {
            shard.count(BrokerCount.MESSAGES_IN_REFUSED_SYS);
            return Reason.NOT_AUTHORIZED;
        }
        if (!broker.mayPublish(session.identity(), message.topic())) {
            shard.count(BrokerCount.MESSAGES_IN_REFUSED_ACCESS);
            return Reason.NOT_AUTHORIZED;
        }
        return Reason.SUCCESS;
    }

    private void refuse(@Nullable InboundExchange exchange, Reason reason) {
        if (exchange != null) {
            session.steps().cancel(exchange);
            exchange.decide(reason);
            exchange.becomeSafe();
            answerInOrder();
        }
    }

    private void answer(InboundExchange exchange) {
        exchange.setAnswered();
        if (exchange.qos() == Qos.AT_LEAST_ONCE) {
            open--;
            connection.send(Answers.pubAck(exchange.packetId(), exchange.reason()));
            return;
        }
        boolean refusedForGood =
                exchange.reason().isFailure() && connection.version().isFive();
        if (refusedForGood) {
            // Such a PUBREC ends the exchange; to MQTT 3 nobody can say it, so that PUBREL follows (§4.3.3).
            open--;
            session.received().remove(exchange);
        }
        connection.send(Answers.pubRec(exchange.packetId(), exchange.reason()));
    }
}

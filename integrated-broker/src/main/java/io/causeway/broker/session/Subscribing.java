package io.causeway.broker.session;

import io.causeway.routing.Qos;
import io.causeway.routing.SubscriptionOptions;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers SUBSCRIBE and UNSUBSCRIBE (MQTT 5 §3.8 to §3.11). Owned by the connection's loop. */
final class Subscribing {
    /** MQTT 3.1.1 §3.9.3: the one code for every failure. */
    private static final int FAILURE_OF_MQTT_3 = 0x80;

    /** Of a SUBACK or UNSUBACK without its reason codes. */
    private static final int LONGEST_OVERHEAD_OCTETS = 5 + 2 + 1;

    private final MqttConnection connection;
    private final MqttSession session;
    private final MqttShard shard;
    private final Broker broker;

    Subscribing(MqttConnection connection, MqttSession session, MqttShard shard) {
        this.connection = connection;
        this.session = session;
        this.shard = shard;
        this.broker = shard.broker();
    }

    void onSubscribe(MqttSubscribeMessage packet, long nowNanos) {
        List<MqttTopicSubscription> requests = packet.payload().topicSubscriptions();
        MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
        Optional<String> error = protocolErrorOf(requests, properties);
        if (error.isPresent()) {
            connection.onProtocolError(error.get(), nowNanos);
            return;
        }
        List<Integer> identifiers = identifiersOf(properties);
        List<Integer> reasons = new ArrayList<>(requests.size());
        for (MqttTopicSubscription request : requests) {
            reasons.add(subscribe(request, identifiers, nowNanos));
        }
        if (isTooLong(reasons.size(), nowNanos)) {
            return;
        }
        connection.sendWhenDurable(Answers.subAck(packet.variableHeader().messageId(), reasons));
        session.outbound().pump(nowNanos);
    }

    void onUnsubscribe(MqttUnsubscribeMessage packet, long nowNanos) {
        List<String> texts = packet.payload().topics();
        if (texts.isEmpty()
                || !PropertyRules.UNSUBSCRIBE.allow(
                        packet.idAndPropertiesVariableHeader().properties())) {
            connection.onProtocolError("UNSUBSCRIBE without filters, or with a property it cannot have", nowNanos);
            return; // [MQTT-3.10.3-2]
        }
        List<Short> reasons = new ArrayList<>(texts.size());
        for (String text : texts) {
            reasons.add((short) unsubscribe(text).value());
        }
        if (!isTooLong(reasons.size(), nowNanos)) {
            connection.sendWhenDurable(Answers.unsubAck(packet.variableHeader().messageId(), reasons));
        }
    }

    /** Whether the client, which has asked for so many answers, does not take them in one packet [MQTT-3.1.2-24]. */
    private boolean isTooLong(int answers, long nowNanos) {
        if (connection.takes(LONGEST_OVERHEAD_OCTETS + answers)) {
            return false;
        }
        connection.onLimitExceeded(
                MqttReasonCodes.Disconnect.PACKET_TOO_LARGE, "more filters than answers fit", nowNanos);
        return true;
    }

    private static Optional<String> protocolErrorOf(List<MqttTopicSubscription> requests, MqttProperties properties) {
        if (requests.isEmpty()) {
            return Optional.of("SUBSCRIBE without filters"); // [MQTT-3.8.3-2]
        }
        if (!PropertyRules.SUBSCRIBE.allow(properties)) {
            return Optional.of("property that SUBSCRIBE cannot have");
        }
        List<Integer> identifiers = identifiersOf(properties);
        if (identifiers.size() > 1 || identifiers.contains(0)) {
            return Optional.of("subscription identifier"); // §3.8.2.1.2
        }
        for (MqttTopicSubscription each : requests) {
            if (each.option().isNoLocal() && Subscription.isShared(each.topicFilter())) {
                return Optional.of("no local with a shared subscription"); // [MQTT-3.8.3-4]
            }
        }
        return Optional.empty();
    }

    /**
     * One filter of a SUBSCRIBE, as if it were the only one [MQTT-3.8.4-5].
     *
     * @return its reason code
     */
    private int subscribe(MqttTopicSubscription request, List<Integer> identifiers, long nowNanos) {
        MqttSubscriptionOption option = request.option();
        String text = request.topicFilter();
        Optional<Subscription> parsed = Subscription.parse(text, optionsOf(request, identifiers));
        Reason refusal = refusalOf(text, parsed);
        if (parsed.isEmpty() || refusal != Reason.SUCCESS) {
            broker.counters().add(BrokerCount.SUBSCRIBES_REFUSED);
            connection.warnRefused("subscription refused", refusal + " " + text, nowNanos);
            return connection.version().isFive() ? refusal.value() : FAILURE_OF_MQTT_3;
        }
        Subscription subscription = parsed.get();
        boolean isNew = !session.subscriptions().contains(text);
        session.subscribe(subscription, !subscription.isShared() && wantsRetained(option.retainHandling(), isNew));
        broker.counters().add(BrokerCount.SUBSCRIBES);
        return subscription.options().qos().value();
    }

    private Reason refusalOf(String text, Optional<Subscription> parsed) {
        if (parsed.isEmpty()) {
            return Reason.TOPIC_FILTER_INVALID;
        }
        if (!broker.authorizer().maySubscribe(session.identity(), parsed.get().filter())) {
            return Reason.NOT_AUTHORIZED;
        }
        if (connection.version().isFive()
                && session.record().isWhole()
                && !shard.commits().isTaking()) {
            return Reason.QUOTA_EXCEEDED; // to MQTT 3, which has no such answer, SUBACK comes when it is durable
        }
        boolean full = session.subscriptions().size() >= broker.settings().maxSubscriptions();
        return full && !session.subscriptions().contains(text) ? Reason.QUOTA_EXCEEDED : Reason.SUCCESS;
    }

    private Reason unsubscribe(String text) {
        Optional<Subscription> parsed = Subscription.parse(text, SubscriptionOptions.of(Qos.AT_MOST_ONCE));
        if (parsed.isEmpty()) {
            return Reason.TOPIC_FILTER_INVALID;
        }
        return session.unsubscribe(parsed.get()) ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION_EXISTED;
    }

    /** MQTT 5 §3.8.3.1; MQTT 3 has no choice, and the decoder says the first for it. */
    private static boolean wantsRetained(RetainedHandlingPolicy handling, boolean isNew) {
        return switch (handling) {
            case SEND_AT_SUBSCRIBE -> true; // [MQTT-3.3.1-9]
            case SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> isNew; // [MQTT-3.3.1-10]
            case DONT_SEND_AT_SUBSCRIBE -> false; // [MQTT-3.3.1-11]
        };
    }

    private SubscriptionOptions optionsOf(MqttTopicSubscription request, List<Integer> identifiers) {
        MqttSubscriptionOption option = request.option();
        Qos qos = Qos.of(option.qos().value());
        if (connection.isBridge()) {
            return new SubscriptionOptions(qos, !Subscription.isShared(request.topicFilter()), true, identifiers);
        }
        if (!option.isNoLocal() && !option.isRetainAsPublished() && identifiers.isEmpty()) {
            return SubscriptionOptions.of(qos);
        }
        return new SubscriptionOptions(qos, option.isNoLocal(), option.isRetainAsPublished(), identifiers);
    }

    private static List<Integer> identifiersOf(MqttProperties properties) {
        if (properties.isEmpty()) {
            return List.of();
        }
        List<Integer> identifiers = new ArrayList<>(1);
        for (MqttProperty<?> each : properties.getProperties(MqttProperties.SUBSCRIPTION_IDENTIFIER)) {
            if (each.value() instanceof Integer identifier) {
                identifiers.add(identifier);
            }
        }
        return identifiers;
    }
}

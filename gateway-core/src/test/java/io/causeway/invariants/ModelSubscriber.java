package io.causeway.invariants;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.invariants.Message.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one client subscribes to and gets (1.2 §6.9, §6.10), and the topic ids that it knows on this connection. */
final class ModelSubscriber {
    private final Map<Topic, Qos> wanted;
    private final Set<Topic> standing = new HashSet<>();
    private final List<Received> received = new ArrayList<>();
    private final Map<Integer, String> topicById = new HashMap<>();
    /** QoS 2: taken; the gateway counts its message ids up, so that a late copy is known by its id for ever. */
    private final Set<Integer> taken = new HashSet<>();

    private final Consumer<Packet> out;

    ModelSubscriber(Map<Topic, Qos> wanted, Consumer<Packet> out) {
        this.wanted = new LinkedHashMap<>(wanted);
        this.out = out;
    }

    /** All that came, in order. */
    List<Received> received() {
        return received;
    }

    /** The next filter to subscribe to, or null. */
    @Nullable
    Topic toSubscribe() {
        for (Topic filter : wanted.keySet()) {
            if (!standing.contains(filter)) {
                return filter;
            }
        }
        return null;
    }

    Map<Topic, Qos> wanted() {
        return wanted;
    }

    void onSubscribed(Topic filter, int topicId) {
        standing.add(filter);
        if (filter instanceof Topic.Name name && topicId != 0) {
            topicById.put(topicId, name.topicName());
        }
    }

    /** A new connection begins with nothing known. */
    void forgetTopicIds() {
        topicById.clear();
    }

    void knows(int topicId, String topicName) {
        topicById.put(topicId, topicName);
    }

    void onRegister(Register packet) {
        knows(packet.topicId(), packet.topicName());
        out.accept(new RegAck(packet.topicId(), packet.msgId(), ReturnCode.ACCEPTED));
    }

    void onPublish(Publish packet) {
        String topic = topicOf(packet);
        if (topic == null) {
            out.accept(new PubAck(packet.topicId(), packet.msgId(), ReturnCode.INVALID_TOPIC_ID));
            return;
        }
        switch (packet.qos()) {
            case AT_LEAST_ONCE -> {
                received.add(Message.received(topic, packet.data()));
                out.accept(new PubAck(packet.topicId(), packet.msgId(), ReturnCode.ACCEPTED));
            }
            case EXACTLY_ONCE -> {
                if (taken.add(packet.msgId())) {
                    received.add(Message.received(topic, packet.data()));
                }
                out.accept(new PubRec(packet.msgId()));
            }
            default -> received.add(Message.received(topic, packet.data()));
        }
    }

    void onPubRel(PubRel packet) {
        out.accept(new PubComp(packet.msgId()));
    }

    private @Nullable String topicOf(Publish packet) {
        if (packet.topicIdType() == TopicIdType.NORMAL) {
            return topicById.get(packet.topicId());
        }
        for (ModelTopic topic : ModelTopic.ALL) {
            if (topic.form() == packet.topicIdType() && topic.fixedId() == packet.topicId()) {
                return topic.name();
            }
        }
        return null;
    }
}

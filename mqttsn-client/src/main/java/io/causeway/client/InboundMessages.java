package io.causeway.client;

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
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What the gateway delivers: REGISTER and PUBLISH of QoS 0, 1 and 2 (1.2 §6.10). Owned by the session. */
final class InboundMessages {
    private final TopicAliases aliases;
    private final PacketSink sink;
    private final Consumer<IncomingMessage> listener;
    private final ExactlyOnce exactlyOnce;

    /** @param duplicateAge how late a copy of a QoS 2 message may come in and still be recognised */
    InboundMessages(TopicAliases aliases, Duration duplicateAge, PacketSink sink, Consumer<IncomingMessage> listener) {
        this.aliases = aliases;
        this.exactlyOnce = new ExactlyOnce(duplicateAge);
        this.sink = sink;
        this.listener = listener;
    }

    /** A clean session has no exchange that is half done. */
    void onCleanSession() {
        exactlyOnce.clear();
    }

    void onRegister(Register register, long nowNanos) {
        boolean isUsable = TopicAliases.isUsable(register.topicId());
        if (isUsable) {
            aliases.learn(register.topicId(), register.topicName());
        }
        ReturnCode returnCode = isUsable ? ReturnCode.ACCEPTED : ReturnCode.INVALID_TOPIC_ID;
        sink.send(new RegAck(register.topicId(), register.msgId(), returnCode), nowNanos);
    }

    void onPublish(Publish publish, long nowNanos) {
        Optional<Topic> topic = topicOf(publish);
        if (topic.isEmpty()) {
            // At every QoS: this makes the gateway correct the assignment (1.2 §6.10).
            sink.send(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.INVALID_TOPIC_ID), nowNanos);
            return;
        }
        boolean isNew = publish.qos() != Qos.EXACTLY_ONCE || exactlyOnce.isNew(publish, nowNanos);
        if (isNew) {
            listener.accept(
                    new IncomingMessage(topic.get(), publish.data(), publish.qos(), publish.retain(), publish.dup()));
        }
        if (publish.qos() == Qos.AT_LEAST_ONCE) {
            sink.send(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED), nowNanos);
        } else if (publish.qos() == Qos.EXACTLY_ONCE) {
            sink.send(new PubRec(publish.msgId()), nowNanos);
        }
    }

    /** Also an unknown one is answered: our PUBCOMP got lost, or we have started anew. */
    void onPubRel(PubRel pubRel, long nowNanos) {
        exactlyOnce.complete(pubRel.msgId(), nowNanos);
        sink.send(new PubComp(pubRel.msgId()), nowNanos);
    }

    private Optional<Topic> topicOf(Publish publish) {
        return switch (publish.topicIdType()) {
            case NORMAL -> aliases.topicName(publish.topicId()).map(Topic.Name::new);
            case PREDEFINED -> Optional.of(new Topic.Predefined(publish.topicId()));
            case SHORT -> Topic.Short.toName(publish.topicId()).map(Topic.Short::new);
        };
    }
}

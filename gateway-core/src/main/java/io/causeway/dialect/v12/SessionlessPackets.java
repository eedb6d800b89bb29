package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Topic;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;
import io.causeway.session.TopicForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** PUBLISH with QoS -1 (1.2 §6.8): a predefined topic id or a short topic name, and no answer. */
final class SessionlessPackets {
    private final Shard shard;
    private final DialectSettings settings;

    SessionlessPackets(Shard shard, DialectSettings settings) {
        this.shard = shard;
        this.settings = settings;
    }

    void onPublish(Publish packet, NetworkIdentity from) {
        if (!settings.qosMinusOne()) {
            shard.dropSessionless();
            return;
        }
        switch (packet.topicIdType()) {
            case PREDEFINED -> publish(packet, from, TopicForm.PREDEFINED, "");
            case SHORT ->
                publish(
                        packet,
                        from,
                        TopicForm.SHORT,
                        Topic.Short.toName(packet.topicId()).orElse(""));
            case NORMAL -> publishInline(packet, from);
        }
    }

    private void publish(Publish packet, NetworkIdentity from, TopicForm form, String name) {
        shard.publishSessionless(from, form, packet.topicId(), name, packet.data(), packet.retain());
    }

    /** Not in the specification: the topic name stands before the data, and TopicId is its length in octets. */
    private void publishInline(Publish packet, NetworkIdentity from) {
        int nameOctets = packet.topicId();
        if (!settings.inlineTopicNames() || nameOctets > packet.data().length()) {
            shard.dropSessionless();
            return;
        }
        ByteBuf rest = packet.data().asByteBuf();
        if (!ByteBufUtil.isText(rest, 0, nameOctets, StandardCharsets.UTF_8)) {
            shard.dropSessionless();
            return;
        }
        String name = rest.readCharSequence(nameOctets, StandardCharsets.UTF_8).toString();
        shard.publishSessionless(from, TopicForm.NORMAL, 0, name, Octets.copyOf(rest), packet.retain());
    }
}

package io.causeway.client;

import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;

/** SUBSCRIBE and UNSUBSCRIBE (1.2 §6.9). Owned by the session. */
final class Subscriptions {
    private final TopicAliases aliases;
    private final RequestLane lane;

    Subscriptions(TopicAliases aliases, RequestLane lane) {
        this.aliases = aliases;
        this.lane = lane;
    }

    void subscribe(Topic topic, Qos qos, Reply<Qos> reply, long nowNanos) {
        lane.submit(
                packetId -> new Request<>(
                        new Subscribe(false, qos, packetId, topic),
                        SubAck.class,
                        subAck -> onSubAck(subAck, topic, reply),
                        reply::failed),
                nowNanos);
    }

    private void onSubAck(SubAck subAck, Topic topic, Reply<Qos> reply) {
        boolean isAccepted = subAck.returnCode() == ReturnCode.ACCEPTED;
        if (isAccepted && topic instanceof Topic.Name name && TopicAliases.isUsable(subAck.topicId())) {
            aliases.learn(subAck.topicId(), name.topicName());
        }
        reply.answered(subAck.returnCode(), subAck.qos());
    }

    void unsubscribe(Topic topic, Reply<Done> reply, long nowNanos) {
        lane.submit(
                packetId -> new Request<>(
                        new Unsubscribe(packetId, topic),
                        UnsubAck.class,
                        unsubAck -> reply.accepted(Done.DONE),
                        reply::failed),
                nowNanos);
    }
}

package io.causeway.client;

import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What the client publishes, strictly in order: a message whose topic name has no alias yet waits for its REGISTER, one of
 * QoS 1 or 2 for its place in the window, and those behind it wait as well (1.2 §6.6). Owned by the session.
 */
final class OutboundMessages {
    private final TopicAliases aliases;
    private final Registrations registrations;
    private final RequestLane lane;
    private final PacketSink sink;
    private final int maxWaiting;
    private final Consumer<ReturnCode> rejections;
    private final ArrayDeque<Publication> waiting = new ArrayDeque<>();
    private boolean isRegistering;

    /**
     * @param lane       holds what is unanswered, nothing else
     * @param rejections told of messages of QoS 0 that were rejected
     */
    OutboundMessages(
            TopicAliases aliases,
            Registrations registrations,
            RequestLane lane,
            PacketSink sink,
            int maxWaiting,
            Consumer<ReturnCode> rejections) {
        this.aliases = aliases;
        this.registrations = registrations;
        this.lane = lane;
        this.sink = sink;
        this.maxWaiting = maxWaiting;
        this.rejections = rejections;
    }

    boolean isIdle() {
        return waiting.isEmpty() && lane.isIdle();
    }

    void publish(OutgoingMessage message, Reply<Done> reply, long nowNanos) {
        if (waiting.size() >= maxWaiting) {
            reply.failed(new RejectedException(ReturnCode.CONGESTION));
            return;
        }
        waiting.add(new Publication(message, reply, false));
        sendWaiting(nowNanos);
    }

    /** QoS -1: goes past all others, because it needs nothing of the gateway (1.2 §6.8). */
    void publishUnconnected(OutgoingMessage message, Reply<Done> reply, long nowNanos) {
        sendUnacknowledged(new Publication(message, reply, false), staticIdOf(message.topic()), nowNanos);
    }

    /** Sends what may go. To be called whenever something has ended that a message could wait for. */
    void sendWaiting(long nowNanos) {
        while (!waiting.isEmpty()) {
            Publication head = waiting.element();
            if (head.message.qos().isAcknowledged() && !lane.hasRoom()) {
                return;
            }
            OptionalInt topicId = topicIdOf(head.message.topic());
            if (topicId.isPresent()) {
                waiting.remove();
                send(head, topicId.getAsInt(), nowNanos);
            } else if (isRegistering) {
                return;
            } else {
                register(((Topic.Name) head.message.topic()).topicName(), nowNanos);
            }
        }
    }

    /** Also for QoS 0, whose PUBACK can only be a rejection (1.2 §6.6). */
    void onPubAck(PubAck pubAck, long nowNanos) {
        if (pubAck.returnCode() == ReturnCode.INVALID_TOPIC_ID) {
            aliases.forget(pubAck.topicId());
        }
        if (pubAck.msgId() != PacketIds.NONE) {
            lane.onAnswer(pubAck.msgId(), pubAck, nowNanos);
        } else if (pubAck.returnCode() != ReturnCode.ACCEPTED) {
            rejections.accept(pubAck.returnCode());
        }
    }

    /** Forgets what waits. The caller tells those who asked. */
    List<Reply<Done>> drain() {
        List<Reply<Done>> abandoned = new ArrayList<>();
        waiting.forEach(publication -> abandoned.add(publication.reply));
        waiting.clear();
        isRegistering = false;
        return abandoned;
    }

    private OptionalInt topicIdOf(Topic topic) {
        return topic instanceof Topic.Name name ? aliases.aliasOf(name.topicName()) : OptionalInt.of(staticIdOf(topic));
    }

    private static int staticIdOf(Topic topic) {
        return topic instanceof Topic.Predefined predefined ? predefined.topicId() : ((Topic.Short) topic).topicId();
    }

    private void register(String topicName, long nowNanos) {
        isRegistering = true;
        Reply<Integer> reply = new Reply<>() {
            @Override
            public void accepted(Integer alias) {
                isRegistering = false;
            }

            @Override
            public void failed(ClientException cause) {
                isRegistering = false;
                failAllTo(topicName, cause);
            }
        };
        registrations.register(topicName, reply, nowNanos);
    }

    private void failAllTo(String topicName, ClientException cause) {
        Topic topic = new Topic.Name(topicName);
        List<Publication> failed = new ArrayList<>();
        waiting.removeIf(publication -> publication.message.topic().equals(topic) && failed.add(publication));
        failed.forEach(publication -> publication.reply.failed(cause));
    }

    private void send(Publication publication, int topicId, long nowNanos) {
        if (!publication.message.qos().isAcknowledged()) {
            sendUnacknowledged(publication, topicId, nowNanos);
            return;
        }
        lane.submit(
                packetId -> new PublishExchange(
                        packetOf(publication.message, topicId, packetId),
                        returnCode -> onAnswered(publication, returnCode),
                        publication.reply::failed),
                nowNanos);
    }

    private void sendUnacknowledged(Publication publication, int topicId, long nowNanos) {
        sink.send(packetOf(publication.message, topicId, PacketIds.NONE), nowNanos);
        publication.reply.accepted(Done.DONE);
    }

    private void onAnswered(Publication publication, ReturnCode returnCode) {
        if (returnCode == ReturnCode.INVALID_TOPIC_ID && publication.canRegisterAnew()) {
            aliases.forget(((Topic.Name) publication.message.topic()).topicName());
            waiting.addFirst(new Publication(publication.message, publication.reply, true));
        } else {
            publication.reply.answered(returnCode, Done.DONE);
        }
    }

    private static Publish packetOf(OutgoingMessage message, int topicId, int packetId) {
        return new Publish(
                false, message.qos(), message.retain(), message.topic().idType(), topicId, packetId, message.payload());
    }

    /** @param isSecondTry whether its alias was refused before, and its topic registered anew for it */
    private record Publication(OutgoingMessage message, Reply<Done> reply, boolean isSecondTry) {
        boolean canRegisterAnew() {
            return !isSecondTry && message.topic() instanceof Topic.Name;
        }
    }
}

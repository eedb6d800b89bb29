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
final class OutboundMessages implements Publication.Owner {
    private static final int NO_TOPIC_ID = 0;

    private final TopicAliases aliases;
    private final Registrations registrations;
    private final RequestLane lane;
    private final PacketIds packetIds;
    private final PacketSink sink;
    private final int maxWaiting;
    private final Consumer<ReturnCode> rejections;
    private final ArrayDeque<Publication> waiting = new ArrayDeque<>(1);
    private boolean isRegistering;

    /**
     * @param lane       holds the publications that are unanswered, nothing else
     * @param packetIds  of the session
     * @param rejections told of messages of QoS 0 that were rejected
     */
    OutboundMessages(
            TopicAliases aliases,
            Registrations registrations,
            RequestLane lane,
            PacketIds packetIds,
            PacketSink sink,
            int maxWaiting,
            Consumer<ReturnCode> rejections) {
        this.aliases = aliases;
        this.registrations = registrations;
        this.lane = lane;
        this.packetIds = packetIds;
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
        waiting.add(new Publication(message, reply, this));
        sendWaiting(nowNanos);
    }

    /** QoS -1: goes past all others, because it needs nothing of the gateway (1.2 §6.8). */
    void publishUnconnected(OutgoingMessage message, Reply<Done> reply, long nowNanos) {
        sendUnacknowledged(message, reply, staticIdOf(message.topic()), nowNanos);
    }

    /** Sends what may go. To be called whenever something has ended that a message could wait for. */
    void sendWaiting(long nowNanos) {
        while (!waiting.isEmpty()) {
            Publication head = waiting.element();
            if (head.message.qos().isAcknowledged() && !lane.hasRoom()) {
                return;
            }
            OptionalInt topicId = topicIdOf(head);
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

    /** The connection is lost. What was under way goes on in the next one, in the same order. */
    void suspend() {
        isRegistering = false;
        List<Exchange> suspended = lane.suspend();
        for (int index = suspended.size() - 1; index >= 0; index--) {
            waiting.addFirst((Publication) suspended.get(index));
        }
    }

    /** What was under way is published anew, in the same order: the gateway has nothing of it. To be called when suspended. */
    void startOver() {
        for (Publication publication : waiting) {
            packetIds.release(publication.packetId());
            publication.startOver();
        }
    }

    /** Forgets what is under way and what waits, and returns it in its order. The caller tells those who asked. */
    List<Exchange> drain() {
        suspend();
        List<Exchange> abandoned = List.copyOf(waiting);
        waiting.forEach(publication -> packetIds.release(publication.packetId()));
        waiting.clear();
        return abandoned;
    }

    private OptionalInt topicIdOf(Publication publication) {
        Topic topic = publication.message.topic();
        if (!publication.needsTopicId()) {
            return OptionalInt.of(NO_TOPIC_ID);
        }
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
                if (isRegistering) { // not, if the connection was lost: what is under way may go on in the next one
                    isRegistering = false;
                    failAllTo(topicName, cause);
                }
            }
        };
        registrations.register(topicName, reply, nowNanos);
    }

    private void failAllTo(String topicName, ClientException cause) {
        Topic topic = new Topic.Name(topicName);
        List<Publication> failed = new ArrayList<>();
        waiting.removeIf(publication -> publication.message.topic().equals(topic) && failed.add(publication));
        failed.forEach(publication -> packetIds.release(publication.packetId()));
        failed.forEach(publication -> publication.onFailed(cause));
    }

    private void send(Publication publication, int topicId, long nowNanos) {
        if (!publication.message.qos().isAcknowledged()) {
            sendUnacknowledged(publication.message, publication.reply, topicId, nowNanos);
            return;
        }
        int packetId = publication.isCarriedOver() ? publication.packetId() : packetIds.acquire();
        publication.begin(topicId, packetId);
        lane.submit(packetId, publication, nowNanos);
    }

    private void sendUnacknowledged(OutgoingMessage message, Reply<Done> reply, int topicId, long nowNanos) {
        sink.send(
                new Publish(
                        false,
                        message.qos(),
                        message.retain(),
                        message.topic().idType(),
                        topicId,
                        PacketIds.NONE,
                        message.payload()),
                nowNanos);
        reply.accepted(Done.DONE);
    }

    @Override
    public void onAnswered(Publication publication, ReturnCode returnCode) {
        if (returnCode == ReturnCode.INVALID_TOPIC_ID && publication.beginsAnew()) {
            aliases.forget(((Topic.Name) publication.message.topic()).topicName());
            waiting.addFirst(publication);
        } else {
            publication.reply.answered(returnCode, Done.DONE);
        }
    }
}

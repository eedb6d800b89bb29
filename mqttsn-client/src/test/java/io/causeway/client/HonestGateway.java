package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A gateway for one client that keeps its promises, as small as can be: what it takes from the client, and what it delivers,
 * one message at a time and repeated until acknowledged.
 */
final class HonestGateway {
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();

    /** The payloads that came up, QoS 2 once per message. */
    final List<String> taken = new ArrayList<>();

    /** The payloads whose delivery the client has acknowledged. */
    final List<String> delivered = new ArrayList<>();

    private final Consumer<Packet> network;
    private final Map<String, Integer> topicIds = new HashMap<>();
    private final Set<Integer> seenQos2 = new HashSet<>();
    private final ArrayDeque<Publish> deliveries = new ArrayDeque<>();
    private Packet inFlight = new PingResp();
    private long repeatAtNanos;

    HonestGateway(Consumer<Packet> network) {
        this.network = network;
    }

    /** @param topicName one that the client subscribes to */
    void deliver(String topicName, Qos qos, String payload, long nowNanos) {
        deliveries.add(new Publish(
                false,
                qos,
                false,
                TopicIdType.NORMAL,
                topicId(topicName),
                deliveries.size() + 1,
                Octets.utf8(payload)));
        if (deliveries.size() == 1) {
            sendNext(nowNanos);
        }
    }

    boolean hasDelivered(int messages) {
        return delivered.size() == messages;
    }

    void tick(long nowNanos) {
        if (!deliveries.isEmpty() && nowNanos - repeatAtNanos >= 0) {
            send(inFlight, nowNanos);
        }
    }

    void receive(Packet packet, long nowNanos) {
        if (packet instanceof Connect) {
            network.accept(new ConnAck(ReturnCode.ACCEPTED));
        } else if (packet instanceof Register register) {
            network.accept(new RegAck(topicId(register.topicName()), register.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Subscribe subscribe) {
            int topicId = topicId(((Topic.Name) subscribe.topic()).topicName());
            network.accept(new SubAck(subscribe.qos(), topicId, subscribe.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof PingReq) {
            network.accept(new PingResp());
        } else if (packet instanceof Publish publish) {
            take(publish);
        } else if (packet instanceof PubRel pubRel) {
            network.accept(new PubComp(pubRel.msgId()));
        } else {
            onAnswer(packet, nowNanos);
        }
    }

    private void take(Publish publish) {
        boolean isNew = publish.qos() != Qos.EXACTLY_ONCE || seenQos2.add(publish.msgId());
        if (isNew) {
            taken.add(publish.data().toUtf8());
        }
        network.accept(
                publish.qos() == Qos.EXACTLY_ONCE
                        ? new PubRec(publish.msgId())
                        : new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
    }

    private void onAnswer(Packet packet, long nowNanos) {
        if (deliveries.isEmpty()) {
            return;
        }
        int msgId = deliveries.element().msgId();
        if (packet instanceof PubRec pubRec && pubRec.msgId() == msgId) {
            send(new PubRel(msgId), nowNanos);
        } else if ((packet instanceof PubAck pubAck && pubAck.msgId() == msgId)
                || (packet instanceof PubComp pubComp && pubComp.msgId() == msgId)) {
            delivered.add(deliveries.remove().data().toUtf8());
            sendNext(nowNanos);
        }
    }

    private void sendNext(long nowNanos) {
        if (!deliveries.isEmpty()) {
            send(deliveries.element(), nowNanos);
        }
    }

    private void send(Packet packet, long nowNanos) {
        inFlight = packet;
        repeatAtNanos = nowNanos + RETRY_NANOS;
        network.accept(packet);
    }

    private int topicId(String topicName) {
        return topicIds.computeIfAbsent(topicName, name -> topicIds.size() + 1);
    }
}

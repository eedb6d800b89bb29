package io.causeway.simulator.fleet;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
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
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A client of {@link VirtualGateway}, with all that the gateway has of it. */
final class VirtualClient {
    private static final long RETRY_NANOS = 2_000_000_000L;

    private final BiConsumer<String, Octets> broker;
    private final Consumer<VirtualClient> farewell;
    private final Map<String, Integer> topicIds = new HashMap<>();
    private final Map<String, Qos> subscriptions = new HashMap<>();
    /** By MsgId, the last that was taken at QoS 2: its copies may be late. */
    private final Map<Integer, Octets> taken = new HashMap<>();

    /** Names whose topic ids the client has been told in this connection. */
    private final Set<String> announced = new HashSet<>();

    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
    private Consumer<Packet> network = packet -> {};
    private Packet inFlight = new PingResp();
    private boolean isHere;
    private boolean isAwake;
    private boolean isAsleep;

    /** PUBREC has come for the first delivery. */
    private boolean isReceived;

    private long repeatNanos;
    private int lastMsgId;

    VirtualClient(BiConsumer<String, Octets> broker, Consumer<VirtualClient> farewell) {
        this.broker = broker;
        this.farewell = farewell;
    }

    static void refuse(Consumer<Packet> network) {
        network.accept(new ConnAck(ReturnCode.CONGESTION));
    }

    int subscriptions() {
        return subscriptions.size();
    }

    void moveTo(Consumer<Packet> newNetwork) {
        network = newNetwork;
    }

    void receive(Packet packet, long nowNanos) {
        if (packet instanceof Connect connect) {
            network.accept(connect.will() ? new WillTopicReq() : new ConnAck(ReturnCode.ACCEPTED));
            begin(nowNanos);
        } else if (packet instanceof WillTopic) {
            network.accept(new WillMsgReq());
        } else if (packet instanceof WillMsg) {
            network.accept(new ConnAck(ReturnCode.ACCEPTED));
        } else if (packet instanceof Register register) {
            network.accept(new RegAck(announce(register.topicName()), register.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Subscribe subscribe) {
            String name = ((Topic.Name) subscribe.topic()).topicName();
            subscriptions.put(name, subscribe.qos());
            network.accept(new SubAck(subscribe.qos(), announce(name), subscribe.msgId(), ReturnCode.ACCEPTED));
        } else if (packet instanceof Unsubscribe unsubscribe) {
            subscriptions.remove(((Topic.Name) unsubscribe.topic()).topicName());
            network.accept(new UnsubAck(unsubscribe.msgId()));
        } else if (packet instanceof Publish publish) {
            take(publish);
        } else if (packet instanceof PubRel pubRel) {
            network.accept(new PubComp(pubRel.msgId()));
        } else {
            receiveOther(packet, nowNanos);
        }
    }

    private void receiveOther(Packet packet, long nowNanos) {
        if (packet instanceof PingReq) {
            isAwake = !isHere;
            sendNext(nowNanos);
            if (isHere) {
                network.accept(new PingResp());
            }
        } else if (packet instanceof Disconnect disconnect) {
            isHere = false;
            isAwake = false;
            isAsleep = disconnect.hasDuration();
            network.accept(Disconnect.plain());
            if (!disconnect.hasDuration()) {
                farewell.accept(this);
            }
        } else {
            onAnswer(packet, nowNanos);
        }
    }

    private void begin(long nowNanos) {
        boolean isNew = !isAsleep;
        isHere = true;
        isAwake = false;
        isAsleep = false;
        if (isNew) {
            announced.clear();
        }
        sendNext(nowNanos);
    }

    private void take(Publish publish) {
        if (publish.qos() == Qos.EXACTLY_ONCE) {
            if (!publish.data().equals(taken.put(publish.msgId(), publish.data()))) {
                broker.accept(topicName(publish.topicId()), publish.data());
            }
            network.accept(new PubRec(publish.msgId()));
            return;
        }
        broker.accept(topicName(publish.topicId()), publish.data());
        if (publish.qos() == Qos.AT_LEAST_ONCE) {
            network.accept(new PubAck(publish.topicId(), publish.msgId(), ReturnCode.ACCEPTED));
        }
    }

    void deliver(String topicName, Octets payload, Qos qos, long nowNanos) {
        Qos granted = subscriptions.get(topicName);
        if (granted == null) {
            return;
        }
        Qos least = granted.wireValue() < qos.wireValue() ? granted : qos;
        lastMsgId = lastMsgId % 0xFFFF + 1;
        deliveries.add(new Delivery(
                topicName,
                new Publish(false, least, false, TopicIdType.NORMAL, topicId(topicName), lastMsgId, payload)));
        if (deliveries.size() == 1 && isHere) {
            sendNext(nowNanos);
        }
    }

    void repeat(long nowNanos) {
        if ((isHere || isAwake) && !deliveries.isEmpty() && nowNanos - repeatNanos >= 0) {
            send(inFlight instanceof Publish publish ? repetition(publish) : inFlight, nowNanos);
        }
    }

    private static Publish repetition(Publish first) {
        return new Publish(true, first.qos(), false, first.topicIdType(), first.topicId(), first.msgId(), first.data());
    }

    private void onAnswer(Packet packet, long nowNanos) {
        if (deliveries.isEmpty()) {
            return;
        }
        int msgId = deliveries.element().publish.msgId();
        if (packet instanceof RegAck regAck && regAck.msgId() == msgId) {
            announced.add(deliveries.element().topicName);
            sendNext(nowNanos);
        } else if (packet instanceof PubRec pubRec && pubRec.msgId() == msgId) {
            isReceived = true;
            send(new PubRel(msgId), nowNanos);
        } else if (packet instanceof PubAck pubAck && pubAck.returnCode() == ReturnCode.INVALID_TOPIC_ID) {
            announced.remove(deliveries.element().topicName);
            sendNext(nowNanos);
        } else if ((packet instanceof PubAck pubAck && pubAck.msgId() == msgId)
                || (packet instanceof PubComp pubComp && pubComp.msgId() == msgId)) {
            deliveries.remove();
            isReceived = false;
            sendNext(nowNanos);
        }
    }

    private void sendNext(long nowNanos) {
        if (!isHere && !isAwake) {
            return;
        }
        while (!deliveries.isEmpty()) {
            Delivery next = deliveries.element();
            Publish publish = next.publish;
            if (isReceived) {
                send(new PubRel(publish.msgId()), nowNanos);
                return;
            }
            if (!announced.contains(next.topicName)) {
                send(new Register(publish.topicId(), publish.msgId(), next.topicName), nowNanos);
                return;
            }
            if (publish.qos().isAcknowledged()) {
                send(publish, nowNanos);
                return;
            }
            network.accept(publish);
            deliveries.remove();
        }
        if (isAwake) {
            isAwake = false;
            network.accept(new PingResp());
        }
    }

    private void send(Packet packet, long nowNanos) {
        inFlight = packet;
        repeatNanos = nowNanos + RETRY_NANOS;
        network.accept(packet);
    }

    private int topicId(String topicName) {
        return topicIds.computeIfAbsent(topicName, name -> topicIds.size() + 1);
    }

    private String topicName(int topicId) {
        return topicIds.entrySet().stream()
                .filter(topic -> topic.getValue() == topicId)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private int announce(String topicName) {
        announced.add(topicName);
        return topicId(topicName);
    }

    private record Delivery(String topicName, Publish publish) {}
}

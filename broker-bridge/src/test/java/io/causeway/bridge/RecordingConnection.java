package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredArrival;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A connection on paper: writes down what is asked of it, and lets the test play the broker. */
final class RecordingConnection implements MqttConnection {
    final List<String> calls = new ArrayList<>();
    final List<PendingPublish> session = new ArrayList<>();
    private final Listener listener;
    private boolean connected;
    private boolean asBridge;
    private boolean reached;
    private boolean failing;
    private Runnable crossing = () -> {};
    private long connections;

    RecordingConnection(Listener listener) {
        this.listener = listener;
    }

    /** What was asked since the last time. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** From now on DISCONNECT fails as by a bug. */
    void failOnDisconnect() {
        failing = true;
    }

    void accept(boolean sessionPresent, PendingPublish... forgotten) {
        connected = true;
        connections++;
        listener.onConnected(sessionPresent, asBridge, List.of(forgotten));
    }

    /** From now on the broker takes us for a bridge. */
    void becomeBridge() {
        asBridge = true;
    }

    /** From now on the broker gets a CONNECT, whose answer does not come. */
    void reachBroker() {
        reached = true;
    }

    /** The broker's answer is there in the moment in which the attempt is given up. */
    void acceptWhenAborted(boolean sessionPresent, PendingPublish... forgotten) {
        crossing = () -> listener.onConnected(sessionPresent, asBridge, List.of(forgotten));
    }

    void lose(String cause, boolean byPeer) {
        connected = false;
        session.removeIf(publish -> publish.qos() == Qos.AT_MOST_ONCE);
        listener.onLost(new ConnectionLoss(cause, byPeer));
    }

    /** Acknowledges the oldest message. */
    void acknowledgeFirst() {
        listener.onPublished(session.remove(0));
    }

    void answer(int requestId, Integer... returnCodes) {
        listener.onSubscribed(requestId, List.of(returnCodes));
    }

    /** A QoS 2 message that a thread of the former connection hands over only now. */
    void deliverLate(String topic, String payload, int packetId) {
        ApplicationMessage message = new ApplicationMessage(topic, Octets.utf8(payload), Qos.EXACTLY_ONCE, false);
        listener.onArrived(new InboundMessage(message, packetId, connections - 1, asBridge));
    }

    void deliver(String topic, String payload, Qos qos, boolean retain, int packetId) {
        ApplicationMessage message = new ApplicationMessage(topic, Octets.utf8(payload), qos, retain);
        listener.onArrived(new InboundMessage(message, packetId, connections, asBridge));
    }

    @Override
    public void connect(int maxInflight) {
        session.removeIf(PendingPublish::isAbandoned);
        calls.add("connect " + maxInflight);
    }

    @Override
    public boolean restore(PendingPublish publish, int packetId) {
        if (!canCarry(publish.message().topic())) {
            throw new IllegalStateException("no packet can hold this topic");
        }
        calls.add("restore " + packetId + " " + publish.message().topic());
        return session.add(publish);
    }

    @Override
    public void restore(StoredArrival arrival) {
        calls.add("restore arrival " + arrival.packetId());
    }

    @Override
    public boolean canCarry(String topic) {
        return !topic.contains("!");
    }

    @Override
    public boolean publish(PendingPublish publish) {
        if (!connected) {
            return false;
        }
        calls.add("publish " + publish.message().topic() + " "
                + publish.message().payload().toUtf8());
        session.add(publish);
        return true;
    }

    @Override
    public void subscribe(int requestId, List<Subscription> subscriptions) {
        calls.add(subscriptions.stream()
                .map(each -> each.filter().value() + ":" + each.qos().value())
                .collect(Collectors.joining(" ", "subscribe " + requestId + " ", "")));
    }

    @Override
    public void unsubscribe(List<TopicFilter> filters) {
        calls.add(filters.stream().map(TopicFilter::value).collect(Collectors.joining(" ", "unsubscribe ", "")));
    }

    @Override
    public boolean acknowledge(InboundMessage message) {
        if (message.connection() != connections) {
            return false;
        }
        calls.add("acknowledge " + message.packetId());
        return true;
    }

    @Override
    public boolean sendHeld() {
        return true;
    }

    @Override
    public void disconnect() {
        if (failing) {
            throw new IllegalStateException("as the test wants it");
        }
        connected = false;
        calls.add("disconnect");
    }

    @Override
    public void abort() {
        connected = false;
        calls.add("abort");
        if (reached) {
            listener.onUnanswered();
        }
        crossing.run();
    }
}

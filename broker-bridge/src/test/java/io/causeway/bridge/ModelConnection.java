package io.causeway.bridge;

import io.causeway.bridge.ModelBroker.Kind;
import io.causeway.bridge.ModelBroker.Packet;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Changes;
import io.causeway.store.StoredArrival;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;

/**
 * Does to our session what Paho does, packet by packet when the test says so: the sender waits where the gate would hold
 * it.
 */
final class ModelConnection implements MqttConnection {
    private static final int LARGEST_PACKET_ID = 65_535;

    private final PahoSession session;
    private final ModelBroker broker;
    private final Listener listener;
    private final Deque<Packet> outgoing = new ArrayDeque<>();
    private final Map<Integer, PendingPublish> handed = new HashMap<>();
    private final Deque<PendingPublish> written = new ArrayDeque<>();
    private boolean connecting;
    private boolean connected;
    private int lastPacketId;

    ModelConnection(LinkStore place, ModelBroker broker, Listener listener) {
        this.session = new PahoSession(place);
        this.broker = broker;
        this.listener = listener;
    }

    boolean isConnected() {
        return connected;
    }

    /** The broker lets the connection in, if there is an attempt. */
    void accept(boolean sessionPresent) {
        if (!connecting) {
            return;
        }
        connecting = false;
        connected = true;
        if (!sessionPresent) {
            broker.loseSession();
        }
        lastPacketId = 0;
        Deque<Packet> publishes = new ArrayDeque<>();
        for (String key : Collections.list(session.keys())) {
            int packetId = Integer.parseInt(key.substring(2));
            lastPacketId = Math.max(lastPacketId, packetId);
            if (session.containsKey("sc-" + packetId)) {
                outgoing.add(new Packet(Kind.PUBREL, packetId, 0, ""));
            } else {
                publishes.add(packetOf(packetId));
            }
        }
        outgoing.addAll(publishes);
        listener.onConnected(sessionPresent, false, session.onConnected(sessionPresent));
    }

    void lose() {
        boolean was = connected || connecting;
        drop();
        if (was) {
            listener.onLost(new ConnectionLoss("lost", false));
        }
    }

    private void drop() {
        connected = false;
        connecting = false;
        outgoing.clear();
        handed.clear();
        written.clear();
        broker.answers.clear();
    }

    /** The next packet reaches the broker, unless it has to wait for the store. */
    void sendOne() {
        Packet next = outgoing.peek();
        Changes latest = session.latest();
        boolean gated = next != null && (next.kind() == Kind.PUBREL || next.qos() == 2);
        if (next == null || (gated && latest != null && !latest.isDurable())) {
            return;
        }
        outgoing.remove();
        broker.take(next);
        if (next.qos() == 0 && next.kind() == Kind.PUBLISH) {
            listener.onPublished(written.remove());
        }
    }

    /** The next answer of the broker arrives. */
    void receiveOne() {
        Packet answer = broker.answers.poll();
        if (answer == null) {
            return;
        }
        int packetId = answer.packetId();
        if (answer.kind() == Kind.PUBREC) {
            session.put("sc-" + packetId, PahoPackets.release((MqttPublish) session.get("s-" + packetId)));
            outgoing.add(new Packet(Kind.PUBREL, packetId, 0, ""));
            return;
        }
        session.remove("s-" + packetId);
        PendingPublish publish = session.onAcknowledged(packetId, handed.remove(packetId));
        if (publish != null) {
            listener.onPublished(publish);
        }
    }

    @Override
    public void connect(int maxInflight) {
        session.onConnecting();
        connecting = true;
    }

    @Override
    public boolean restore(PendingPublish publish, int packetId) {
        return session.restore(publish, packetId);
    }

    @Override
    public void restore(StoredArrival arrival) {
        session.restore(arrival);
    }

    @Override
    public boolean canCarry(String topic) {
        return true;
    }

    @Override
    public boolean publish(PendingPublish publish) {
        if (!connected) {
            return false;
        }
        ApplicationMessage message = publish.message();
        if (message.qos() == Qos.AT_MOST_ONCE) {
            outgoing.add(new Packet(
                    Kind.PUBLISH,
                    0,
                    0,
                    message.topic() + " " + message.payload().toUtf8()));
            written.add(publish);
            return true;
        }
        do {
            lastPacketId = lastPacketId % LARGEST_PACKET_ID + 1;
        } while (session.containsKey("s-" + lastPacketId));
        session.handOver(publish);
        session.put("s-" + lastPacketId, PahoPackets.publish(message, lastPacketId));
        session.handOverEnded(publish, true);
        handed.put(lastPacketId, publish);
        outgoing.add(packetOf(lastPacketId));
        return true;
    }

    private Packet packetOf(int packetId) {
        MqttPublish packet = (MqttPublish) session.get("s-" + packetId);
        String payload = new String(packet.getMessage().getPayload(), StandardCharsets.UTF_8);
        return new Packet(Kind.PUBLISH, packetId, packet.getMessage().getQos(), packet.getTopicName() + " " + payload);
    }

    @Override
    public void subscribe(int requestId, List<Subscription> subscriptions) {
        // Nothing comes down here.
    }

    @Override
    public void unsubscribe(List<TopicFilter> filters) {
        // As above.
    }

    @Override
    public boolean acknowledge(InboundMessage message) {
        return true;
    }

    @Override
    public boolean sendHeld() {
        return true;
    }

    @Override
    public void disconnect() {
        drop();
    }

    @Override
    public void abort() {
        drop();
    }
}

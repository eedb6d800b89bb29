package io.causeway.bridge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.jspecify.annotations.Nullable;

/**
 * What Paho must remember of our session at the broker, kept outside of Paho: each connection is a Paho client of its
 * own, made new with this as its persistence, so that it resumes where the last one was cut, and one that got stuck can
 * be left behind. In memory only.
 *
 * <p>Paho's keys are {@code s-<id>} for a PUBLISH of ours, {@code sc-<id>} for its PUBREL, {@code r-<id>} for a QoS 2
 * PUBLISH of the broker. The first is put while a message is being handed over, which is how we learn its packet id.
 * Shared by the worker and Paho's threads, guarded by its monitor.
 */
final class PahoSession implements MqttClientPersistence {
    private static final String PUBLISH = "s-";
    private static final String RELEASE = "sc-";

    private static final class Sent {
        private final PendingPublish publish;
        private final MqttPersistable packet;
        private @Nullable MqttPersistable release;
        private boolean acknowledged;
        private boolean superseded;

        private Sent(PendingPublish publish, MqttPersistable packet) {
            this.publish = publish;
            this.packet = packet;
        }
    }

    private final Map<Integer, Sent> sent = new LinkedHashMap<>();
    private final Map<String, MqttPersistable> received = new LinkedHashMap<>();
    private final List<PendingPublish> forgotten = new ArrayList<>();
    private @Nullable PendingPublish beingHandedOver;

    /** The next packet that is put carries this message. */
    synchronized void handOver(PendingPublish publish) {
        beingHandedOver = publish;
    }

    synchronized void handOverEnded(PendingPublish publish, boolean taken) {
        beingHandedOver = null;
        if (!taken) {
            sent.values().removeIf(each -> each.publish == publish);
        }
    }

    /** Nobody waits for these any more: a new connection does not send them again. */
    synchronized void forgetAbandoned() {
        sent.values().removeIf(each -> each.superseded || each.publish.isAbandoned());
    }

    /**
     * A connection stands. A broker that lost the session does not know a message that it had only received (QoS 2):
     * it confirms its PUBREL all the same, but will never deliver it.
     *
     * @return what has to be published anew, in the order of sending
     */
    synchronized List<PendingPublish> onConnected(boolean sessionPresent) {
        if (!sessionPresent) {
            received.clear();
            for (Sent each : sent.values()) {
                if (each.release != null && !each.superseded) {
                    each.superseded = true;
                    each.publish.markLost();
                    forgotten.add(each.publish);
                }
            }
        }
        List<PendingPublish> result = List.copyOf(forgotten);
        forgotten.clear();
        return result;
    }

    /**
     * The broker has acknowledged a packet.
     *
     * @param sentWith what Paho was given with the packet; null if it has the packet from here
     * @return its message; null if another packet carries it by now, or the id is another message's
     */
    synchronized @Nullable PendingPublish onAcknowledged(int packetId, @Nullable Object sentWith) {
        Sent acknowledged = sent.get(packetId);
        if (acknowledged == null || (sentWith != null && sentWith != acknowledged.publish)) {
            return null;
        }
        sent.remove(packetId);
        return acknowledged.superseded ? null : acknowledged.publish;
    }

    @Override
    public synchronized void put(String key, MqttPersistable packet) {
        if (key.startsWith(PUBLISH)) {
            if (beingHandedOver != null) {
                sent.put(packetIdOf(key), new Sent(beingHandedOver, packet));
            }
        } else if (key.startsWith(RELEASE)) {
            Sent of = sent.get(packetIdOf(key));
            if (of != null) {
                of.release = packet;
                of.publish.markReceived();
            }
        } else {
            received.put(key, packet);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Paho's interface says null for a key that is not there
    public synchronized MqttPersistable get(String key) {
        if (key.startsWith(PUBLISH)) {
            Sent of = sent.get(packetIdOf(key));
            return of == null || of.acknowledged ? null : of.packet;
        }
        if (key.startsWith(RELEASE)) {
            Sent of = sent.get(packetIdOf(key));
            return of == null || of.acknowledged ? null : of.release;
        }
        return received.get(key);
    }

    @Override
    public synchronized boolean containsKey(String key) {
        return get(key) != null;
    }

    /** Called before the acknowledgement reaches {@link #onAcknowledged}, which is to find the message. */
    @Override
    public synchronized void remove(String key) {
        if (key.startsWith(PUBLISH)) {
            Sent of = sent.get(packetIdOf(key));
            if (of != null) {
                of.acknowledged = true;
            }
        } else if (!key.startsWith(RELEASE)) {
            received.remove(key);
        }
    }

    @Override
    public synchronized Enumeration<String> keys() {
        List<String> keys = new ArrayList<>(received.keySet());
        sent.forEach((packetId, each) -> {
            if (!each.acknowledged) {
                keys.add(PUBLISH + packetId);
            }
        });
        return Collections.enumeration(keys);
    }

    /** A clean session begins or ends: what the broker did not acknowledge is ours to publish anew. */
    @Override
    public synchronized void clear() {
        for (Sent each : sent.values()) {
            if (!each.acknowledged && !each.superseded) {
                each.publish.markLost();
                forgotten.add(each.publish);
            }
        }
        sent.clear();
        received.clear();
    }

    @Override
    public void open(String clientId, String serverUri) {
        // Nothing to open: the memory is ours.
    }

    @Override
    public void close() {
        // Paho closes at each loss; the session goes on.
    }

    private static int packetIdOf(String key) {
        return Integer.parseInt(key, key.indexOf('-') + 1, key.length(), 10);
    }
}

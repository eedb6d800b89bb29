package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.StoredArrival;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.jspecify.annotations.Nullable;

/**
 * What Paho must remember of our session at the broker, kept outside of Paho: each connection is a Paho client of its
 * own, made new with this as its persistence, so that it resumes where the last one was cut, and one that got stuck can
 * be left behind. Of QoS 2 the store keeps what must be known of it after a restart, and nothing that relies on that is
 * to leave before {@link #latest} is durable.
 *
 * <p>Paho's keys are {@code s-<id>} for a PUBLISH of ours, {@code sc-<id>} for its PUBREL, {@code r-<id>} for a QoS 2
 * PUBLISH of the broker. The first is put while a message is being handed over, which is how we learn its packet id.
 * Shared by the worker and Paho's threads, guarded by its monitor.
 */
final class PahoSession implements MqttClientPersistence {
    private static final String PUBLISH = "s-";
    private static final String RELEASE = "sc-";
    private static final String RECEIVED = "r-";

    private static final class Sent {
        private final PendingPublish publish;
        private final MqttPersistable packet;
        private @Nullable MqttPersistable release;
        private boolean acknowledged;
        private boolean superseded;
        private boolean sentAgain;

        private Sent(PendingPublish publish, MqttPersistable packet) {
            this.publish = publish;
            this.packet = packet;
        }
    }

    private final LinkStore place;
    private volatile @Nullable Changes latest;
    private final Map<Integer, Sent> sent = new LinkedHashMap<>();
    private final Map<String, MqttPersistable> received = new LinkedHashMap<>();
    private final List<PendingPublish> forgotten = new ArrayList<>();
    private @Nullable PendingPublish beingHandedOver;

    PahoSession(LinkStore place) {
        this.place = place;
    }

    /** The last unit that was submitted, if there was any. Any thread. */
    @Nullable
    Changes latest() {
        return latest;
    }

    /** Somebody waits for {@link #latest}. Any thread. */
    void hurry() {
        place.store().hurry();
    }

    private void keep(Change change) {
        if (place.store().isDurable()) {
            Changes unit = place.store().begin();
            unit.add(change);
            latest = unit;
            unit.submit();
        }
    }

    /** Of a message of the journal, under which packet id the broker may have it. */
    private void mark(PendingPublish publish, int packetId, boolean released) {
        if (publish.isInJournal() && publish.qos() == Qos.EXACTLY_ONCE) {
            keep(new Change.MarkForward(publish.sequence(), packetId, released));
        }
    }

    /** See {@link MqttConnection#restore(PendingPublish, int)}. */
    synchronized boolean restore(PendingPublish publish, int packetId) {
        MqttPublish packet = PahoPackets.publish(publish.message(), packetId);
        Sent restored = new Sent(publish, packet);
        if (publish.isReceived()) {
            restored.release = PahoPackets.release(packet);
        }
        return sent.putIfAbsent(packetId, restored) == null;
    }

    synchronized void restore(StoredArrival arrival) {
        received.put(RECEIVED + arrival.packetId(), PahoPackets.publish(arrival.message(), arrival.packetId()));
    }

    /** The next packet that is put carries this message. */
    synchronized void handOver(PendingPublish publish) {
        beingHandedOver = publish;
    }

    synchronized void handOverEnded(PendingPublish publish, boolean taken) {
        beingHandedOver = null;
        if (!taken && sent.values().removeIf(each -> each.publish == publish)) {
            mark(publish, 0, false);
        }
    }

    /** A new connection is to send again what is here, but for what nobody waits for any more. */
    synchronized void onConnecting() {
        sent.values().removeIf(each -> each.superseded || each.publish.isAbandoned());
        sent.values().forEach(each -> each.sentAgain = !each.acknowledged);
    }

    /**
     * A connection stands. A broker that lost the session does not know a message that it had only received (QoS 2):
     * it confirms its PUBREL all the same, but will never deliver it.
     *
     * @return what has to be published anew, in the order of sending
     */
    synchronized List<PendingPublish> onConnected(boolean sessionPresent) {
        if (!sessionPresent) {
            forgetReceived();
            for (Sent each : sent.values()) {
                if (each.release != null && !each.superseded) {
                    each.superseded = true;
                    lose(each.publish);
                }
            }
        }
        List<PendingPublish> result = List.copyOf(forgotten);
        forgotten.clear();
        return result;
    }

    /**
     * What the connection sends again, in the order of sending; also what it has had acknowledged already, as long as
     * nobody was told.
     */
    synchronized List<ApplicationMessage> sentAgain() {
        return sent.values().stream()
                .filter(each -> each.sentAgain && !each.superseded)
                .map(each -> each.publish.message())
                .toList();
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
                mark(beingHandedOver, packetIdOf(key), false);
            }
        } else if (key.startsWith(RELEASE)) {
            Sent of = sent.get(packetIdOf(key));
            if (of != null) {
                of.release = packet;
                of.publish.markReceived();
                mark(of.publish, packetIdOf(key), true);
            }
        } else if (received.put(key, packet) == null && packet instanceof MqttPublish publish) {
            ApplicationMessage message = PahoPackets.messageOf(publish.getTopicName(), publish.getMessage());
            keep(new Change.PutArrival(new StoredArrival(place.link(), packetIdOf(key), message, false)));
        }
    }

    private void lose(PendingPublish publish) {
        publish.markLost();
        mark(publish, 0, false);
        forgotten.add(publish);
    }

    private void forgetReceived() {
        received.keySet().forEach(key -> keep(new Change.RemoveArrival(place.link(), packetIdOf(key))));
        received.clear();
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
        } else if (!key.startsWith(RELEASE) && received.remove(key) != null) {
            keep(new Change.RemoveArrival(place.link(), packetIdOf(key)));
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
                lose(each.publish);
            }
        }
        sent.clear();
        forgetReceived();
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

package io.causeway.simulator.verify;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A client of the broker with a persistent session, so that nothing is lost for it while it is away, and a subscription of
 * QoS 1: what the broker repeats after an interruption is marked as a duplicate, and so can be told from what the gateway
 * has sent twice. Commands go over a second connection, without a session.
 *
 * <p>The methods belong to the thread of the run. Paho calls from threads of its own; between the two stands a bounded
 * queue, at whose end Paho's thread waits. A broker keeps a limited number of messages for who is slow, and then drops:
 * {@link #doubt} tells, as far as it can be known.
 */
public final class Verifier implements AutoCloseable {
    /** How often a thread that waits for room sees whether anybody is still there to make it. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    private static final int MAX_EVENTS = 1 << 16;
    private static final int SUBSCRIPTION_QOS = 1;
    private static final int REFUSED = 0x80;
    private static final String DROPPED = "$SYS/broker/publish/messages/dropped";

    private final List<String> filters;
    private final BrokerConnection arrivals;
    private final BrokerConnection commands;
    private final Outbox outbox;
    private final Doubts doubts = new Doubts();
    private final BlockingQueue<Consumer<ArrivalListener>> events = new ArrayBlockingQueue<>(MAX_EVENTS);
    private final List<Consumer<ArrivalListener>> drained = new ArrayList<>();
    private volatile boolean isClosed;

    private Verifier(BrokerTarget broker, String clientId, Collection<String> filters)
            throws MqttException, IOException {
        this.filters = DisjointFilters.covering(filters);
        this.filters.add(DROPPED);
        this.arrivals = BrokerConnection.open(broker, clientId, false, new Arrivals());
        try {
            this.commands = BrokerConnection.open(broker, clientId + "-commands", true, new Acceptances());
        } catch (MqttException | IOException e) {
            arrivals.close();
            throw e;
        }
        this.outbox = new Outbox(commands);
    }

    /**
     * Connects and subscribes, and waits for both answers.
     *
     * @param clientId of its own, also for a later run
     * @param filters  what is to be seen; {@code +} is the only wildcard
     * @throws IOException if the broker is away or refuses; the message says so
     */
    public static Verifier connect(BrokerTarget broker, String clientId, Collection<String> filters)
            throws IOException {
        try {
            Verifier verifier = new Verifier(broker, clientId, filters);
            Optional<String> refused = verifier.firstRefused();
            if (refused.isPresent()) {
                verifier.close();
                throw new IOException("the broker " + broker + " refuses a subscription to " + refused.get());
            }
            return verifier;
        } catch (MqttException e) {
            throw new IOException("cannot verify at the broker " + broker + ": " + BrokerConnection.reason(e), e);
        }
    }

    private Optional<String> firstRefused() throws MqttException {
        IMqttToken subscribed = subscribe(arrivals.client());
        subscribed.waitForCompletion(BrokerConnection.PATIENCE.toMillis());
        int[] granted = subscribed.getGrantedQos();
        return IntStream.range(0, filters.size())
                .filter(index -> granted[index] >= REFUSED)
                .mapToObj(filters::get)
                .filter(filter -> !filter.equals(DROPPED)) // not every broker lets everybody see it
                .findFirst();
    }

    private IMqttToken subscribe(BufferedClient client) throws MqttException {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, SUBSCRIPTION_QOS);
        return client.subscribe(filters.toArray(String[]::new), qos);
    }

    /**
     * Tells what has come since the last time, and runs what waited for commands to be accepted. Also connects again after
     * an interruption, so it is to be called every now and then.
     */
    public void drain(ArrivalListener listener) {
        arrivals.maintain();
        commands.maintain();
        events.drainTo(drained);
        for (Consumer<ArrivalListener> event : drained) {
            event.accept(listener);
        }
        drained.clear();
        outbox.sendMore();
    }

    /**
     * Sends a command to a sensor, as soon as there is a connection and not much else under way. One that is under way when
     * the connection is lost is not sent again: whether the broker has it, nobody knows.
     *
     * @param qos          0, 1 or 2
     * @param whenAccepted run within {@link #drain} when the broker has acknowledged it; never at QoS 0
     * @return false if too many wait: it is not sent
     */
    public boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        return outbox.add(new Outbox.Command(topic, payload, qos, whenAccepted));
    }

    /** Whether there are commands that the broker may still accept: neither those of QoS 0 nor those that were lost. */
    public boolean isSending() {
        return outbox.isSending();
    }

    /** Why there is no connection now; it is tried again every second. */
    public Optional<String> trouble() {
        return arrivals.trouble().or(commands::trouble);
    }

    /** How often the connection over which messages arrive was lost. */
    public int interruptions() {
        return arrivals.interruptions();
    }

    /**
     * Why something that is missing may have been lost by the broker, and not by the gateway. Mosquitto tells of what it has
     * dropped every ten seconds only.
     */
    public Optional<String> doubt() {
        return doubts.inWords();
    }

    /** Whether this broker tells what it has dropped. */
    public boolean tellsLosses() {
        return doubts.areTold();
    }

    /** Says goodbye, and has the broker delete the session. */
    @Override
    public void close() {
        isClosed = true;
        arrivals.close();
        commands.close();
    }

    /** Waits while there is no room. */
    private void handOver(Consumer<ArrivalListener> event) throws InterruptedException {
        boolean isTaken = false;
        while (!isTaken && !isClosed) {
            isTaken = events.offer(event, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** On threads of Paho. */
    private final class Arrivals implements BrokerConnection.Listener {
        @Override
        public void onMessage(String topic, MqttMessage message) throws InterruptedException {
            long nowNanos = System.nanoTime();
            if (topic.equals(DROPPED)) {
                doubts.onDropped(message.getPayload());
                return;
            }
            boolean isRedelivery = message.isDuplicate() || message.isRetained();
            ByteBuf payload = Unpooled.wrappedBuffer(message.getPayload());
            handOver(listener -> listener.onArrived(topic, payload, isRedelivery, nowNanos));
        }

        @Override
        public void onAccepted(@Nullable Object context) {
            // nothing is published here
        }

        @Override
        public void onLost() {
            // the session keeps what comes
        }

        @Override
        public void onReconnected(BufferedClient client, boolean isSessionPresent) throws MqttException {
            if (!isSessionPresent) {
                doubts.onSessionForgotten();
                subscribe(client);
            }
        }
    }

    /** On threads of Paho. */
    private final class Acceptances implements BrokerConnection.Listener {
        @Override
        public void onMessage(String topic, MqttMessage message) {
            // nothing is subscribed to here
        }

        @Override
        public void onAccepted(@Nullable Object context) throws InterruptedException {
            if (context instanceof Outbox.Command command) {
                handOver(listener -> outbox.onAccepted(command));
            }
        }

        @Override
        public void onLost() throws InterruptedException {
            handOver(listener -> outbox.onLost());
        }

        @Override
        public void onReconnected(BufferedClient client, boolean isSessionPresent) {
            // the outbox goes on by itself
        }
    }
}

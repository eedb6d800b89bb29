package io.causeway.simulator.load;

import io.causeway.client.ClientException;
import io.causeway.client.ClientPort;
import io.causeway.client.ClientSession;
import io.causeway.client.ClientSettings;
import io.causeway.client.ClientState;
import io.causeway.client.Done;
import io.causeway.client.IncomingMessage;
import io.causeway.client.LossCause;
import io.causeway.client.OutgoingMessage;
import io.causeway.client.RejectedException;
import io.causeway.client.Reply;
import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.timer.Timer;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/**
 * A sensor of the fleet: connects, registers its topic, and publishes whenever the schedule says so, one message at a time.
 * Whatever goes wrong is counted, and it goes on. Owned by the thread of the run.
 */
final class FleetClient implements ClientPort, Receiver, AutoCloseable {
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);
    private static final int RETRY_COUNT = 5;

    /** After a rejection. */
    private static final long REST_NANOS = Duration.ofMillis(100).toNanos();

    private final Fleet fleet;
    private final int index;
    private final Topic.Name topic;
    private final DatagramChannel channel;
    private final ClientSession session;
    private final Reply<Done> published = new Published();
    private final Timer rest = new Timer((timer, nowNanos) -> goOn(nowNanos));

    private int sequence;

    /** When the message under way should have been sent. */
    private long dueNanos;

    /** Connected, and nothing under way: the schedule decides what comes next. */
    private boolean isIdle;

    private boolean hasBeenReady;
    private boolean isLeaving;

    FleetClient(Fleet fleet, int index, String clientId, String topicName, DatagramChannel channel) {
        this.fleet = fleet;
        this.index = index;
        this.topic = new Topic.Name(topicName);
        this.channel = channel;
        ClientSettings settings = ClientSettings.forClient(clientId)
                .keepAlive(KEEP_ALIVE)
                .retry(fleet.plan().retryInterval(), RETRY_COUNT)
                .build();
        this.session = new ClientSession(settings, fleet.wheel(), this);
    }

    /** How long a client waits for the gateway before a request counts as failed. */
    static Duration patience(LoadPlan plan) {
        return plan.retryInterval().multipliedBy(RETRY_COUNT + 1);
    }

    boolean isIdle() {
        return isIdle;
    }

    /** From wherever it stands towards idle: connects, or has its topic registered, which is at once if it is. */
    void goOn(long nowNanos) {
        if (isLeaving) {
            return;
        }
        if (session.state() == ClientState.DISCONNECTED) {
            session.connect(then(() -> goOn(System.nanoTime())), nowNanos);
        } else {
            session.register(topic.topicName(), then(this::becomeIdle), nowNanos);
        }
    }

    /**
     * Sends the next message; does nothing if the client is not idle.
     *
     * @param messageDueNanos since when it should have been sent
     */
    void publish(long messageDueNanos) {
        boolean isPossible = isIdle && session.state() == ClientState.ACTIVE;
        isIdle = false;
        if (!isPossible) {
            return; // lost meanwhile: idle again after the next connect
        }
        dueNanos = messageDueNanos;
        long nowNanos = System.nanoTime();
        var payload = new Stamp(nowNanos, index, sequence).pad(fleet.plan().payloadOctets());
        fleet.ledger().count(Count.SENT);
        session.publish(new OutgoingMessage(topic, payload, fleet.plan().qos(), false), published, nowNanos);
    }

    /** Says goodbye; what is under way has its end awaited first. */
    void leave(long nowNanos) {
        isLeaving = true;
        isIdle = false;
        session.disconnect(then(fleet::onLeft), nowNanos);
    }

    /** Ends everything without a word. */
    @Override
    public void close() throws IOException {
        session.close();
        channel.close();
    }

    @Override
    public void onReadable(long nowNanos) {
        try {
            fleet.io().receive(channel).ifPresent(packet -> session.receive(packet, nowNanos));
        } catch (IOException | MalformedPacketException e) {
            fleet.ledger().count(Count.FAILED_DATAGRAMS); // mostly: nobody at the gateway's port
        }
    }

    @Override
    public void send(Packet packet) {
        if (packet instanceof Publish publish && publish.dup()) {
            fleet.ledger().count(Count.REPEATED);
        }
        try {
            if (!fleet.io().send(packet, channel)) {
                fleet.ledger().count(Count.FAILED_DATAGRAMS);
            }
        } catch (IOException e) {
            fleet.ledger().count(Count.FAILED_DATAGRAMS);
        }
    }

    /** Nothing is subscribed to. */
    @Override
    public void onMessage(IncomingMessage message) {}

    @Override
    public void onRejection(ReturnCode returnCode) {
        fleet.ledger().count(Count.REJECTED);
    }

    @Override
    public void onConnectionLost(LossCause cause) {
        if (cause != LossCause.CLOSED) {
            fleet.ledger().count(Count.LOST_CONNECTIONS);
            goOn(System.nanoTime());
        }
    }

    private void becomeIdle() {
        if (isIdle) {
            return;
        }
        isIdle = true;
        if (!hasBeenReady) {
            hasBeenReady = true;
            fleet.onReady();
        }
        fleet.onIdle(this);
    }

    private void rest() {
        fleet.wheel().arm(rest, System.nanoTime() + REST_NANOS);
    }

    private <T> Reply<T> then(Runnable next) {
        return new Reply<>() {
            @Override
            public void accepted(T answer) {
                next.run();
            }

            @Override
            public void failed(ClientException cause) {
                fleet.ledger().count(Count.FAILED_CONNECTS);
                rest();
            }
        };
    }

    /** How the message under way has ended; one object for all of them. */
    private final class Published implements Reply<Done> {
        @Override
        public void accepted(Done answer) {
            if (fleet.plan().qos().isAcknowledged()) {
                fleet.ledger().onAcknowledged(index, sequence, System.nanoTime() - dueNanos);
            }
            sequence++;
            becomeIdle();
        }

        @Override
        public void failed(ClientException cause) {
            sequence++;
            if (cause instanceof RejectedException) {
                fleet.ledger().count(Count.REJECTED);
                rest();
            } else {
                fleet.ledger().count(Count.GIVEN_UP);
            }
        }
    }
}

package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection to the broker: it comes, is lost, comes again after a pause. A worker thread owns it and
 * calls {@link #turn} whenever {@link #signal} is raised or time is up; event loops only leave things for it, and so do
 * the connection's threads.
 */
final class BrokerLink implements MqttConnection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

    /** A connection that stood so long is no failed attempt: the next pause is a short one. */
    private static final long STABLE_NANOS = 10_000_000_000L;

    /** How soon to look again where nothing tells that it is time. */
    private static final long CHECK_NANOS = 5_000_000L;

    /** While packets wait for the store. */
    private static final long HELD_CHECK_NANOS = 1_000_000_000L;

    /** Between the few attempts that tell which message the broker does not bear: everybody waits for it. */
    private static final long INVESTIGATION_PAUSE_NANOS = 100_000_000L;

    /** After a failure, which may well come again at once. */
    private static final long FAILURE_PAUSE_NANOS = 1_000_000_000L;

    private enum State {
        AWAY,
        CONNECTING,
        UP,
        CLOSED
    }

    private final String name;
    private final UpstreamTimings timings;
    private final long publishPatienceNanos;
    private final UpstreamCounters counters;
    private final LongSupplier nanoTime;
    private final TopicPrefix prefix;
    private final MqttConnection connection;
    private final Uplink uplink;
    private final Downlink downlink;
    private final Backoff backoff;
    private final JournalStart journalStart;
    private final SilenceWatch silence;
    private final Signal signal = new Signal();
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private volatile boolean connected;
    private volatile boolean taking = true;
    private volatile boolean closed;
    private volatile String trouble = "not connected yet";

    private State state = State.AWAY;
    private long stateSinceNanos;
    private long pauseNanos;
    private boolean closing;
    private long drainDeadlineNanos;

    /**
     * @param name       as the log names it
     * @param place      what it keeps over a restart
     * @param connecting makes the connection that is to tell this link what happens
     */
    BrokerLink(
            String name,
            AggregatingSettings settings,
            LinkStore place,
            Router router,
            UpstreamCounters counters,
            RandomGenerator random,
            LongSupplier nanoTime,
            Function<MqttConnection.Listener, MqttConnection> connecting) {
        this.name = name;
        this.timings = settings.timings();
        this.publishPatienceNanos = settings.publishPatience().toNanos();
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.prefix = TopicPrefix.of(settings.topicPrefix());
        this.stateSinceNanos = nanoTime.getAsLong();
        this.connection = connecting.apply(this);
        this.uplink = new Uplink(connection, settings, place, counters, signal::raise, stateSinceNanos);
        this.downlink = new Downlink(settings, place, connection, router, counters, nanoTime, this::post, signal);
        this.journalStart = new JournalStart(name, uplink::load);
        this.silence = new SilenceWatch(name);
        this.backoff = new Backoff(timings.reconnectMin(), timings.reconnectMax(), random);
    }

    /** Any thread. */
    void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        ApplicationMessage prefixed = prefix.up(message).orElse(null);
        if (prefixed == null) {
            refuse(callback::onRefused, Refusal.NOT_SUPPORTED);
            return;
        }
        long deadlineNanos = nanoTime.getAsLong() + publishPatienceNanos;
        PendingPublish publish = new PendingPublish(publisher, prefixed, callback, deadlineNanos);
        if (!isAvailable() || !uplink.offer(publish)) {
            refuse(publish::refuse, Refusal.CONGESTION);
            return;
        }
        signal.raise();
        if (closed) {
            publish.refuse(Refusal.CONGESTION); // offered after the worker looked for the last time
        }
    }

    /**
     * Any thread. What waits is bounded by the sessions: each has a few requests open, those to unsubscribe included, and
     * gives its subscriptions back once, at its end.
     */
    void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        if (!downlink.canCarry(filter)) {
            refuse(callback::onRefused, Refusal.NOT_SUPPORTED);
            return;
        }
        post(() -> downlink.subscribe(subscriber, filter, qos, callback));
    }

    /** Any thread. A subscription of an earlier life: asked for as after a loss. */
    void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        post(() -> downlink.resume(subscriber, filter, qos));
    }

    /** Any thread. */
    void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        post(() -> downlink.unsubscribe(subscriber, filter, done));
    }

    /** A QoS 2 message of the broker that an earlier life has not completed. Before the worker runs. */
    void restore(StoredArrival arrival) {
        connection.restore(arrival);
        downlink.restore(arrival);
    }

    /** Whether messages and subscriptions are taken now. Any thread. */
    boolean isAvailable() {
        return taking && journalStart.trouble().isEmpty() && (connected || uplink.bridgesOutages());
    }

    /** Any thread. */
    boolean isConnected() {
        return connected;
    }

    /** How long the oldest message has been in the journal, zero if there is none. Any thread. */
    Duration oldestJournaled() {
        return Duration.ofNanos(uplink.oldestAgeNanos(nanoTime.getAsLong()));
    }

    /** Why there is no connection, or what is wrong with the one there is, in words; empty if all is well. Any thread. */
    String trouble() {
        return Stream.of(journalStart.trouble(), trouble, uplink.trouble())
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    /**
     * Any thread. The worker hands on what it can within the time, and ends. With a journal it takes messages until
     * then, and keeps what is left.
     */
    void close(Duration drain) {
        post(() -> {
            closing = true;
            taking = uplink.bridgesOutages();
            connected = false;
            drainDeadlineNanos = nanoTime.getAsLong() + drain.toNanos();
        });
    }

    @Override
    public void onConnected(boolean sessionPresent, boolean asBridge, List<PendingPublish> forgotten) {
        post(() -> connected(sessionPresent, asBridge, forgotten));
    }

    @Override
    public void onUnanswered() {
        post(downlink::onSessionInDoubt);
    }

    @Override
    public void onLost(ConnectionLoss loss) {
        connected = false;
        post(() -> lost(loss));
    }

    @Override
    public void onPublished(PendingPublish publish) {
        silence.onAcknowledged();
        if (uplink.onPublished(publish)) {
            signal.raise();
        }
    }

    @Override
    public void onSubscribed(int requestId, List<Integer> returnCodes) {
        downlink.onSubscribed(requestId, returnCodes);
        signal.raise();
    }

    @Override
    public void onArrived(InboundMessage message) {
        downlink.onArrived(message);
    }

    /** What the worker thread does until the link is closed. */
    void run() {
        signal.attach();
        while (!closed) {
            signal.await(guardedTurn());
        }
    }

    private long guardedTurn() {
        try {
            return turn();
        } catch (RuntimeException bug) {
            LOG.error("{}: the worker failed and goes on", name, bug);
            if (!closed) {
                signal.pause(FAILURE_PAUSE_NANOS);
            }
            return 0;
        }
    }

    /** Does what is to be done now. Returns nanoseconds after which to be called again at the latest. */
    long turn() {
        signal.clear();
        try {
            long nowNanos = nanoTime.getAsLong();
            return journalStart.isDone(nowNanos) ? advance() : standStill(nowNanos);
        } finally {
            uplink.submit(); // also after a failure
        }
    }

    /** Until it is known what an earlier life has left. */
    private long standStill(long nowNanos) {
        runMailbox();
        if (closing && !closed) {
            end();
        }
        uplink.refuseRest();
        return Math.min(FAILURE_PAUSE_NANOS, downlink.onTime(nowNanos));
    }

    private long advance() {
        runMailbox();
        long nowNanos = nanoTime.getAsLong();
        uplink.settle(nowNanos);
        if (closing && !closed && (state != State.UP || uplink.isIdle() || nowNanos - drainDeadlineNanos >= 0)) {
            end();
        }
        if (state != State.CLOSED && (state != State.UP || uplink.isCareful())) {
            uplink.keepWaiting(nowNanos);
        }
        long waitNanos = switch (state) {
            case AWAY -> away(nowNanos);
            case CONNECTING -> connecting(nowNanos);
            case UP -> up(nowNanos);
            case CLOSED -> 0;
        };
        waitNanos = Math.min(waitNanos, uplink.onTime(nowNanos));
        waitNanos = Math.min(waitNanos, downlink.onTime(nowNanos));
        runMailbox(); // what the turn itself has left for the connection
        return waitNanos;
    }

    private long away(long nowNanos) {
        long leftNanos = stateSinceNanos + pauseNanos - nowNanos;
        if (leftNanos > 0) {
            return leftNanos;
        }
        enter(State.CONNECTING);
        uplink.beforeConnect();
        connection.connect(uplink.window());
        return timings.connect().toNanos();
    }

    private long connecting(long nowNanos) {
        long leftNanos = stateSinceNanos + timings.connect().toNanos() - nowNanos;
        if (leftNanos > 0) {
            return leftNanos;
        }
        connection.abort();
        lost(new ConnectionLoss("no answer within " + timings.connect().toMillis() + " ms", false));
        return pauseNanos;
    }

    private long up(long nowNanos) {
        downlink.acknowledge();
        boolean taken = uplink.feed(closing, nowNanos);
        if (uplink.isAcquitted()) {
            LOG.info("{}: all that was unacknowledged is through one by one; connecting at full width", name);
            connection.disconnect();
            downlink.onLost(new ConnectionLoss("reconnecting", false));
            enter(State.AWAY);
            pauseNanos = 0;
            return 0;
        }
        long heldNanos = connection.sendHeld() ? Long.MAX_VALUE : HELD_CHECK_NANOS;
        long silenceNanos = silence.onTime(uplink.unacknowledged(), nowNanos);
        trouble = silence.isSilent() ? "it acknowledges nothing" : "";
        return !taken || closing || uplink.isCareful()
                ? CHECK_NANOS
                : Math.min(heldNanos, Math.min(silenceNanos, uplink.waitNanos()));
    }

    /** What became of the session is true also of an attempt that was given up meanwhile, and is not told again. */
    private void connected(boolean sessionPresent, boolean asBridge, List<PendingPublish> forgotten) {
        if (!sessionPresent) {
            downlink.onSessionLost();
        }
        uplink.publishAgain(forgotten);
        if (state != State.CONNECTING) {
            return;
        }
        enter(State.UP);
        counters.connected();
        trouble = "";
        LOG.info("{}: connected, {} session", name, sessionPresent ? "with the former" : "with a new");
        silence.onConnected(stateSinceNanos);
        uplink.onConnected(stateSinceNanos);
        downlink.onConnected(asBridge);
    }

    private void lost(ConnectionLoss loss) {
        long nowNanos = nanoTime.getAsLong();
        if (state == State.CONNECTING) {
            counters.connectFailed();
            pauseNanos = backoff.nextPauseNanos();
            logFailure(loss);
        } else if (state == State.UP) {
            counters.lost();
            silence.onLost();
            boolean explained = uplink.onLost(loss, nowNanos);
            downlink.onLost(loss);
            if (explained || nowNanos - stateSinceNanos >= STABLE_NANOS) {
                backoff.reset();
            }
            trouble = loss.cause();
            boolean investigating = explained || uplink.isCareful();
            pauseNanos = investigating
                    ? Math.min(backoff.shortestPauseNanos(), INVESTIGATION_PAUSE_NANOS)
                    : backoff.nextPauseNanos();
            LOG.warn("{}: connection lost: {}; trying again in {} ms", name, loss.cause(), pauseNanos / 1_000_000);
        } else {
            return; // it was given up meanwhile
        }
        enter(State.AWAY);
    }

    /** A broker that is away for days is no news each minute. */
    private void logFailure(ConnectionLoss loss) {
        if (loss.cause().equals(trouble)) {
            LOG.debug("{}: not connected: {}", name, loss.cause());
            return;
        }
        trouble = loss.cause();
        LOG.warn("{}: not connected: {}; trying again until it works", name, loss.cause());
    }

    private void end() {
        try {
            uplink.keepAll(nanoTime.getAsLong());
            hangUp();
        } finally {
            enter(State.CLOSED);
            trouble = "closed";
            closed = true;
            taking = false;
            uplink.settle(nanoTime.getAsLong());
            uplink.refuseRest();
            downlink.onLost(new ConnectionLoss("closing", false));
            runMailbox();
            LOG.info("{}: closed", name);
        }
    }

    private void hangUp() {
        downlink.close();
        if (state == State.UP) {
            downlink.acknowledge();
            connection.disconnect();
        } else {
            connection.abort();
        }
    }

    private void enter(State next) {
        state = next;
        stateSinceNanos = nanoTime.getAsLong();
        connected = next == State.UP && !closing;
    }

    private void post(Runnable task) {
        mailbox.add(task);
        signal.raise();
        if (closed) {
            runMailbox(); // there is no worker any more
        }
    }

    private void runMailbox() {
        for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
            task.run();
        }
    }

    private void refuse(Consumer<Refusal> callback, Refusal refusal) {
        counters.refusedOne(refusal);
        callback.accept(refusal);
    }
}

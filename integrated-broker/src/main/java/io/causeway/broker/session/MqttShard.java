package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.routing.Delivery;
import io.causeway.routing.DeliveryTarget;
import io.causeway.session.EventLog;
import io.causeway.session.Mailbox;
import io.causeway.session.Takeover;
import io.causeway.store.ChangeLog;
import io.causeway.store.KeptSession;
import io.causeway.store.LeftInStore;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredWill;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The MQTT sessions of one event loop: all clients whose id falls to it.
 *
 * <p>Owned by that loop. Only {@link #deliver}, {@link #isOverloaded} and {@link #mailbox} are for other threads.
 */
public final class MqttShard implements DeliveryTarget {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final long HOUSEKEEPING_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int EVENT_LINES_PER_SECOND = 50;
    /** Deliveries waiting for this loop beyond which those at QoS 0 are dropped. */
    private static final int MAX_PENDING_DELIVERIES = 100_000;

    private final Broker broker;
    private final Mailbox mailbox;
    private final TimerWheel timers;
    private final EventLog log;
    /** Apart from the others: a flood of what is refused must not hide who comes and goes. */
    private final EventLog refusals;

    private final ChangeLog changes;
    private final Commits commits;
    private final Deliveries deliveries;
    private final DueWills wills;
    private final LeftInStore leftInStore;
    private final Connecting connecting;
    private final Inbox<InboundExchange> settled;
    private final Map<String, MqttSession> sessions = new HashMap<>();
    private final List<MqttConnection> unflushed = new ArrayList<>();
    private final Timer housekeeping = new Timer(this::keepHouse);

    public MqttShard(Broker broker, Mailbox mailbox, long nowNanos) {
        this.broker = broker;
        this.mailbox = mailbox;
        this.timers = new TimerWheel(TICK, nowNanos);
        this.log = new EventLog(LoggerFactory.getLogger("clients"), EVENT_LINES_PER_SECOND, nowNanos);
        this.refusals = new EventLog(LoggerFactory.getLogger("clients"), EVENT_LINES_PER_SECOND, nowNanos);
        this.changes = new ChangeLog(broker.store(), mailbox::post);
        this.commits = new Commits(changes, broker.store()::trouble, this::flushAll);
        this.deliveries = new Deliveries(this);
        this.wills = new DueWills(this);
        this.leftInStore = new LeftInStore(changes);
        this.connecting = new Connecting(this, leftInStore);
        this.settled = new Inbox<>(mailbox, MqttShard::onSettled, this::flushAll);
        arm(housekeeping, nowNanos + HOUSEKEEPING_NANOS);
    }

    /** Who is to end the session of another protocol with the same client id, on this loop. To be set before use. */
    public void useTakeover(Takeover newTakeover) {
        connecting.useTakeover(newTakeover);
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    /**
     * Opens a connection whose client was authenticated: answers CONNACK, or refuses and closes.
     *
     * @param identity with the client id of the CONNECT, or an assigned one if that is empty
     * @return the connection, or nothing if it was refused
     */
    public Optional<MqttConnection> connect(
            MqttConnectMessage connect, Identity identity, ConnectionPort port, long nowNanos) {
        return connecting.connect(connect, identity, port, nowNanos);
    }

    /** A client of another protocol takes the client id: the session here ends. False if there was none. */
    public boolean yieldTo(String clientId, long nowNanos) {
        return connecting.yieldTo(clientId, nowNanos);
    }

    /** Closes all connections because the server stops. Sessions stay, and wills, to be saved. */
    public void shutDown(long nowNanos) {
        for (MqttSession session : List.copyOf(sessions.values())) {
            MqttConnection connection = session.connection();
            if (connection != null) {
                connection.shutDown(nowNanos);
            }
        }
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    @Override
    public void deliver(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public boolean isOverloaded() {
        return deliveries.waiting() > MAX_PENDING_DELIVERIES || mailbox.isOverloaded();
    }

    private static void onSettled(InboundExchange exchange, long nowNanos) {
        InboundPublishes asker = exchange.advance() ? exchange.asker() : null;
        if (asker != null) {
            asker.onSafe(nowNanos);
        }
    }

    // ---- the loop ------------------------------------------------------------------------------------------------

    /** Runs what is due. To be called about every {@link #nanosToNextTimer}. */
    public void advance(long nowNanos) {
        timers.advance(nowNanos);
        log.sumUp(nowNanos);
        refusals.sumUp(nowNanos);
        flushAll(nowNanos);
    }

    public long nanosToNextTimer(long nowNanos) {
        return timers.nanosToNextTick(nowNanos);
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public BrokerCensus census() {
        int connected = 0;
        int subscriptions = 0;
        long queued = 0;
        long inFlight = 0;
        int wills = 0;
        for (MqttSession session : sessions.values()) {
            connected += session.connection() == null ? 0 : 1;
            subscriptions += session.subscriptions().size();
            queued += session.outbound().queued();
            inFlight += session.outbound().inFlight();
            wills += session.will().isWaiting() ? 1 : 0;
        }
        return new BrokerCensus(connected, sessions.size() - connected, subscriptions, queued, inFlight, wills);
    }

    private void keepHouse(Timer timer, long nowNanos) {
        broker.removeExpired(nowNanos);
        arm(timer, nowNanos + HOUSEKEEPING_NANOS);
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    /**
     * Takes up a stored session whose client id falls to this loop; after the {@linkplain Broker#restore retained
     * messages}, and before anybody connects. If that fails, the store keeps what it has of it.
     */
    public void restore(KeptSession kept, long nowNanos) {
        broker.addSession();
        StoredSession values = kept.values();
        MqttSession session = new MqttSession(new Identity(values.clientId(), values.user()), this);
        add(session);
        run(session, now -> session.restore(kept, now), now -> leaveInStore(session, values), nowNanos);
    }

    private void leaveInStore(MqttSession session, StoredSession values) {
        session.abandon();
        leftInStore.add(values);
    }

    /** Publishes a stored will, of a client of either protocol; after all sessions are there to get it. */
    public void restore(StoredWill will) {
        wills.restore(will);
    }

    // ---- for sessions and connections ----------------------------------------------------------------------------

    Broker broker() {
        return broker;
    }

    EventLog log() {
        return log;
    }

    EventLog refusals() {
        return refusals;
    }

    ChangeLog changes() {
        return changes;
    }

    Commits commits() {
        return commits;
    }

    DueWills wills() {
        return wills;
    }

    Inbox<InboundExchange> settled() {
        return settled;
    }

    void count(BrokerCount count) {
        broker.counters().add(count);
    }

    void count(BrokerCount count, long amount) {
        broker.counters().add(count, amount);
    }

    void arm(Timer timer, long deadlineNanos) {
        timers.arm(timer, deadlineNanos);
    }

    void disarm(Timer timer) {
        timers.disarm(timer);
    }

    /** Runs what concerns one session; an exception out of it ends this session and nothing else. */
    void run(MqttSession session, LongConsumer work, long nowNanos) {
        run(session, work, session::fail, nowNanos);
    }

    private void run(MqttSession session, LongConsumer work, LongConsumer afterFault, long nowNanos) {
        try {
            work.accept(nowNanos);
        } catch (RuntimeException ownFault) {
            broker.counters().add(BrokerCount.SESSIONS_FAILED);
            log.failure(session.clientId(), session.address(), ownFault);
            afterFault.accept(nowNanos);
        }
    }

    /** Has something written that the end of the batch is to flush. */
    void flushLater(MqttConnection connection) {
        unflushed.add(connection);
    }

    /** The end of a batch. A flush may make a port writable, and so more to be written: hence the index. */
    void flushAll(long nowNanos) {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Of that client; null if it has none. */
    @Nullable
    MqttSession session(String clientId) {
        return sessions.get(clientId);
    }

    /** In place of a former one of its client. */
    void add(MqttSession session) {
        sessions.put(session.clientId(), session);
    }

    void onEnded(MqttSession session) {
        if (sessions.remove(session.clientId(), session)) {
            broker.removeSession();
        }
    }
}

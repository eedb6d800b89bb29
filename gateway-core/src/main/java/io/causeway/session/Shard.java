package io.causeway.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery;
import io.causeway.routing.DeliveryTarget;
import io.causeway.store.ChangeLog;
import io.causeway.store.KeptSession;
import io.causeway.store.LeftInStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredWill;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one event loop: all clients whose id falls to it, where they are, and their timers.
 *
 * <p>Owned by that loop. Only {@link #deliver} and {@link #mailbox} are for other threads.
 */
public final class Shard implements DeliveryTarget {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int EVENT_LINES_PER_SECOND = 50;
    private static final Identity NOBODY = Identity.anonymous("");

    private final SessionSettings settings;
    private final AdmissionSettings admissionSettings;
    private final Upstream upstream;
    private final Mailbox mailbox;
    private final ChangeLog changes;
    private final Directory directory;
    private final Counters<Count> counters = new Counters<>(Count.class);
    private final TimerWheel timers;
    private final EventLog log;

    private final Admission admission;
    private final Strangers strangers;
    private final Wills wills;
    private final Sessionless sessionless;
    private final LeftInStore leftInStore;
    private final Context context = new Context();
    private final Handing handing;
    private final Sessions sessions;
    private final Addresses addresses;
    private Takeover takeover = Takeover.NONE;
    private ClientPolicy policy;
    private ClientEvents events = ClientEvents.NONE;

    /**
     * @param store  keeps the sessions over a restart
     * @param shards how many shards share the rates of admission, this one included
     */
    public Shard(
            SessionSettings settings,
            AdmissionSettings admissionSettings,
            ClientPolicy policy,
            Upstream upstream,
            SessionStore store,
            Mailbox mailbox,
            Directory directory,
            int shards,
            long nowNanos) {
        this.settings = settings;
        this.admissionSettings = admissionSettings;
        this.policy = policy;
        this.upstream = upstream;
        this.mailbox = mailbox;
        this.changes = new ChangeLog(store, mailbox::post);
        this.directory = directory;
        this.timers = new TimerWheel(TICK, nowNanos);
        this.log = new EventLog(LoggerFactory.getLogger("clients"), EVENT_LINES_PER_SECOND, nowNanos);
        this.admission = new Admission(admissionSettings, shards, nowNanos);
        this.strangers = new Strangers(counters, nowNanos);
        this.wills = new Wills(upstream, changes, mailbox, timers, counters);
        this.sessions = new Sessions(directory);
        this.addresses = new Addresses(this, directory, settings);
        this.handing = new Handing(context, changes);
        this.leftInStore = new LeftInStore(changes);
        this.sessionless = new Sessionless(upstream, mailbox, counters);
    }

    /** Who is to end the session of another protocol with the same client id, on this loop. To be set before use. */
    public void useTakeover(Takeover newTakeover) {
        takeover = newTakeover;
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    /**
     * Whether a client may connect, asked before its handshake costs anything. Counts towards the rates of admission
     * unless the client has a session.
     *
     * @return false if it may not, and has been refused
     */
    public boolean admits(String clientId, NetworkIdentity from, ClientPort port, long nowNanos) {
        if (!policy.allows(clientId)) {
            refuse(Count.CONNECTS_REFUSED_CLIENT_ID, ReasonCode.NOT_SUPPORTED, clientId, from, port, nowNanos);
            return false;
        }
        if (!upstream.isAvailable()) {
            refuse(Count.CONNECTS_REFUSED_CONGESTION, ReasonCode.CONGESTION, clientId, from, port, nowNanos);
            return false;
        }
        if (!changes.isTaking()) {
            refuse(Count.CONNECTS_REFUSED_STORE, ReasonCode.CONGESTION, clientId, from, port, nowNanos);
            return false;
        }
        if (!sessions.has(clientId) && !admission.admits(from, nowNanos)) {
            refuse(Count.CONNECTS_REFUSED_RATE, ReasonCode.CONGESTION, clientId, from, port, nowNanos);
            return false;
        }
        return true;
    }

    /** Refuses a CONNECT. Its address may be invented, so that refusals are answered at a limited rate. */
    public void refuse(
            Count cause, ReasonCode reason, String clientId, NetworkIdentity from, ClientPort port, long nowNanos) {
        strangers.refuse(cause, reason, clientId, from, port, nowNanos);
    }

    /**
     * A late copy of the CONNECT that opened the connection at this address: answered, without effect.
     *
     * @param withWill the client wanted to be asked for its will, and was
     */
    public boolean answerLateCopy(ConnectRequest request, boolean withWill, NetworkIdentity from, long nowNanos) {
        ClientSession session = sessions.of(request.clientId());
        if (session == null || !session.isLateCopy(request, withWill, from, nowNanos)) {
            return false;
        }
        counters.add(Count.CONNECTS_REPEATED);
        session.onLateCopy();
        return true;
    }

    public boolean hasSession(String clientId) {
        return sessions.has(clientId);
    }

    /** Opens a connection whose handshake is done; {@link #admits} has let it pass. */
    public void connect(ConnectRequest request, NetworkIdentity from, ClientPort port, long nowNanos) {
        ClientSession former = sessions.of(request.clientId());
        if (former == null && !sessions.tryTakePlace(admissionSettings.maxSessions())) {
            refuse(Count.CONNECTS_REFUSED_CONGESTION, ReasonCode.CONGESTION, request.clientId(), from, port, nowNanos);
            return;
        }
        wills.hurry(request.clientId());
        takeover.yieldTo(request.clientId(), nowNanos);
        ClientSession session = former;
        if (former != null) {
            leaveOldAddress(former, from, nowNanos);
            if (request.cleanStart()) {
                former.end();
                sessions.takePlace();
                session = null;
            }
        }
        addresses.vacate(from, session, nowNanos);
        if (session == null) {
            leftInStore.remove(request.clientId());
            session = sessions.begin(request.clientId(), context, viewFor(request.clientId()));
        }
        addresses.enter(from, session);
        ClientSession connected = session;
        context.run(session, now -> connected.onConnect(request, from, port, now), nowNanos);
    }

    /** A client of another protocol takes the client id: the session here ends. False if there was none. */
    public boolean yieldTo(String clientId, long nowNanos) {
        ClientSession session = sessions.of(clientId);
        boolean wasLeft = leftInStore.remove(clientId);
        if (session == null && !wasLeft) {
            return false;
        }
        if (session != null) {
            counters.add(Count.TAKEOVERS);
            log.event(nowNanos, "taken over", clientId, session.identity(), "by a client of another protocol");
            session.sayGoodbyeToOldAddress();
            session.end();
        }
        changes.submit(); // before what the session in its place has to be kept
        return true;
    }

    /** The session whose client is at the address, or null. */
    public @Nullable ClientSession sessionAt(NetworkIdentity identity) {
        return addresses.sessionAt(identity);
    }

    /** A handshake begins at the address: what belongs to it is for this shard. */
    public void beginHandshake(NetworkIdentity identity) {
        directory.beginHandshake(identity, this);
    }

    /** Does nothing if another shard has begun one there since. */
    public void endHandshake(NetworkIdentity identity) {
        directory.endHandshake(identity, this);
    }

    /**
     * A sleeping client asks for its messages by its id (1.2 §6.14), maybe from a new address.
     *
     * @return false if the id has no session here that could be served at this address
     */
    public boolean wake(String clientId, NetworkIdentity from, ClientPort port, long nowNanos) {
        ClientSession session = sessions.of(clientId);
        if (session == null || session.state() == ClientSession.State.DISCONNECTED) {
            return false;
        }
        if (!from.equals(session.identity())) {
            if (session.state() == ClientSession.State.ACTIVE || !settings.sleeperPingMoves()) {
                return false;
            }
            move(session, from, port, nowNanos);
        }
        session.onHeard(false, nowNanos);
        context.run(session, session::onPingReq, nowNanos);
        return true;
    }

    /** A packet that needs a session came from an address that has none (1.2 §5.4.21); answered at a limited rate. */
    public void onStranger(ClientPort port, long nowNanos) {
        strangers.turnAway(port, nowNanos);
    }

    /** A DISCONNECT from an address without a session: answered only if it repeats one that was answered before. */
    public void onDisconnectAgain(NetworkIdentity from, long nowNanos) {
        counters.add(Count.UNKNOWN_SENDER);
        ClientPort departed = addresses.departed(from, nowNanos);
        if (departed != null) {
            departed.disconnect();
        }
    }

    private void leaveOldAddress(ClientSession session, NetworkIdentity from, long nowNanos) {
        NetworkIdentity old = session.identity();
        if (old == null || old.equals(from)) {
            return;
        }
        counters.add(Count.TAKEOVERS);
        log.event(nowNanos, "taken over", session.clientId(), from, "was at " + old);
        session.sayGoodbyeToOldAddress();
        addresses.leave(old, session);
    }

    private void move(ClientSession session, NetworkIdentity to, ClientPort port, long nowNanos) {
        NetworkIdentity old = session.identity();
        if (old != null) {
            addresses.leave(old, session);
        }
        addresses.vacate(to, session, nowNanos);
        counters.add(Count.SLEEPERS_MOVED);
        session.rebind(to, port, nowNanos);
        addresses.enter(to, session);
    }

    /** On this loop: the address is that of another shard's client now. */
    void onClaimedElsewhere(NetworkIdentity identity, long nowNanos) {
        addresses.onClaimedElsewhere(identity, nowNanos);
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    /**
     * A message at QoS -1 (1.2 §6.8).
     *
     * @param name the topic name itself if the form is SHORT or NORMAL, empty if the octets are none
     */
    public void publishSessionless(
            NetworkIdentity from, TopicForm form, int topic, String name, Octets payload, boolean retain) {
        String topicName = name;
        ClientSession session = addresses.sessionAt(from);
        if (form == TopicForm.PREDEFINED) {
            Optional<String> known = session == null
                    ? policy.predefinedTopics().forEverybody().topicOf(topic)
                    : session.topics().predefined(topic);
            topicName = known.orElse("");
        }
        Identity sender = session == null ? NOBODY : session.access();
        sessionless.publish(sender, policy.authorizer(), topicName, payload, retain);
    }

    /** A message at QoS -1 that is not even looked at. */
    public void dropSessionless() {
        counters.add(Count.SESSIONLESS_DROPPED);
    }

    @Override
    public void deliver(Delivery delivery) {
        mailbox.post(nowNanos -> handing.hand(delivery, nowNanos));
    }

    @Override
    public boolean isOverloaded() {
        return mailbox.isOverloaded();
    }

    // ---- the loop ------------------------------------------------------------------------------------------------

    /** Runs what is due. To be called about every {@link #nanosToNextTimer}. */
    public void advance(long nowNanos) {
        timers.advance(nowNanos);
        log.sumUp(nowNanos);
        strangers.sumUp(nowNanos);
    }

    public long nanosToNextTimer(long nowNanos) {
        return timers.nanosToNextTick(nowNanos);
    }

    public void arm(Timer timer, long deadlineNanos) {
        timers.arm(timer, deadlineNanos);
    }

    public void disarm(Timer timer) {
        timers.disarm(timer);
    }

    /** Runs what a packet of this session asks for; an exception out of it ends this session and nothing else. */
    public void run(ClientSession session, LongConsumer work, long nowNanos) {
        context.run(session, work, nowNanos);
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public Counters<Count> counters() {
        return counters;
    }

    public void count(Count count) {
        counters.add(count);
    }

    /** Whether the client may publish to the topic, a will included. */
    public boolean mayPublish(String clientId, String topic) {
        return policy.authorizer().mayPublish(Identity.anonymous(clientId), topic);
    }

    /** Who is told what becomes of clients; to be set before there are any. */
    public void useEvents(ClientEvents newEvents) {
        events = newEvents;
    }

    /** Takes the reloaded part of the configuration; clients that are no longer allowed are not thrown out. */
    public void usePolicy(ClientPolicy newPolicy) {
        policy = newPolicy;
        sessions.all().forEach(each -> each.topics().usePredefined(viewFor(each.clientId())));
    }

    public Census census() {
        return sessions.census(wills.waiting());
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    /**
     * Takes up a session that was kept. To be called before anybody connects or publishes.
     *
     * @param address where its client is, or null if that cannot be found again
     * @param port    the way there, or null
     */
    public void restore(KeptSession kept, @Nullable NetworkIdentity address, @Nullable ClientPort port, long nowNanos) {
        String clientId = kept.values().clientId();
        ClientSession session;
        try {
            session = new ClientSession(kept, context, viewFor(clientId));
        } catch (RuntimeException ownFault) {
            counters.add(Count.SESSIONS_FAILED);
            log.failure(clientId, address, ownFault);
            leftInStore.add(kept.values());
            return;
        }
        sessions.takeUp(session);
        if (address != null && port != null && kept.values().state() != StoredSession.State.DISCONNECTED) {
            addresses.vacate(address, session, nowNanos);
            addresses.enter(address, session);
        }
        context.run(session, now -> session.restore(kept, address, port, now), nowNanos);
    }

    /** The links of restored sessions are open: what they had under way is sent now, and not after the retry interval. */
    public void resume(long nowNanos) {
        for (ClientSession session : List.copyOf(sessions.all())) {
            context.run(session, session::resume, nowNanos);
        }
    }

    /**
     * Takes up a will that is due, unless the rules forbid it by now. To be called when all sessions have been taken up, or
     * some would miss it.
     */
    public void restore(StoredWill will) {
        Identity client = new Identity(will.clientId(), will.user());
        if (policy.authorizer().mayPublish(client, will.message().topic())) {
            wills.restore(will);
        } else {
            wills.forget(will);
        }
    }

    private PredefinedTopics.ClientView viewFor(String clientId) {
        return policy.predefinedTopics().forClient(clientId);
    }

    /** The sessions' view of this shard. */
    private final class Context implements SessionContext {
        @Override
        public SessionSettings settings() {
            return settings;
        }

        @Override
        public Upstream upstream() {
            return upstream;
        }

        @Override
        public ChangeLog changes() {
            return changes;
        }

        @Override
        public Authorizer authorizer() {
            return policy.authorizer();
        }

        @Override
        public DeliveryTarget deliveries() {
            return Shard.this;
        }

        @Override
        public Counters<Count> counters() {
            return counters;
        }

        @Override
        public EventLog log() {
            return log;
        }

        @Override
        public ClientEvents events() {
            return events;
        }

        @Override
        public void post(ClientSession session, LongConsumer work) {
            mailbox.post(nowNanos -> run(session, work, nowNanos));
        }

        @Override
        public void run(ClientSession session, LongConsumer work, long nowNanos) {
            try {
                work.accept(nowNanos);
            } catch (RuntimeException ownFault) {
                counters.add(Count.SESSIONS_FAILED);
                log.failure(session.clientId(), session.identity(), ownFault);
                session.sayGoodbyeToOldAddress();
                session.end();
            }
        }

        @Override
        public void arm(Timer timer, long deadlineNanos) {
            timers.arm(timer, deadlineNanos);
        }

        @Override
        public void disarm(Timer timer) {
            timers.disarm(timer);
        }

        @Override
        public void publishWill(Identity client, ApplicationMessage will) {
            wills.publish(client, will);
        }

        @Override
        public void onUnbound(ClientSession session, NetworkIdentity identity, ClientPort port, long nowNanos) {
            addresses.depart(identity, port, session, nowNanos);
        }

        @Override
        public void onEnded(ClientSession session) {
            sessions.remove(session);
            NetworkIdentity identity = session.identity();
            if (identity != null) {
                addresses.leave(identity, session);
            }
        }
    }
}

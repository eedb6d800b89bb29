package io.causeway.simulator.fleet;

import io.causeway.client.ClientException;
import io.causeway.client.ClientPort;
import io.causeway.client.ClientSession;
import io.causeway.client.ClientSettings;
import io.causeway.client.ClientState;
import io.causeway.client.Done;
import io.causeway.client.IncomingMessage;
import io.causeway.client.LossCause;
import io.causeway.client.NoResponseException;
import io.causeway.client.RejectedException;
import io.causeway.client.Reply;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SearchGw;
import io.causeway.codec.v12.Topic;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.firmware.MsgIds;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Connection;
import io.causeway.timer.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sensor with a session: connects, subscribes, publishes, sleeps, and connects again whenever it has to. Whenever something
 * has come to its end, {@link #goOn} decides what comes next. Owned by the thread of the run.
 */
final class SessionSensor implements Sensor, ClientPort, Wire.Listener {
    /** One that has been reachable for less, a repetition of its gateway, may not have got yet what was waiting for it. */
    private static final long SETTLING_NANOS = Duration.ofSeconds(15).toNanos();

    /** What the broker accepted last takes some time to the gateway. */
    private static final long DELIVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private static final SearchGw SEARCH = new SearchGw(1);
    private static final int MSG_IDS = 0xFFFF;

    private final World world;
    private final Crew crew;
    private final SensorParts parts;
    private final SplittableRandom random;
    private final Wire wire;
    private final Publications publications;
    private final @Nullable CommandChannel commands;
    private final @Nullable SleepCycle cycle;
    private final Backoff backoff;
    private final Incidents incidents;
    private final Timer duty = new Timer((timer, nowNanos) -> goOn(nowNanos));
    private final Timer pinging = new Timer((timer, nowNanos) -> pingAgain(nowNanos));
    private final Timer rest = new Timer((timer, nowNanos) -> onRested(nowNanos));
    private final Reply<Done> connected = new Connected();
    private final Reply<Done> fetched = new Fetched();

    private Habits habits;
    private ClientSession session;
    private long connectedNanos;

    /** In this connection. */
    private boolean hasSubscribed;

    /** Something is under way, or rested for, that the next thing waits for. */
    private boolean isOccupied;

    private boolean isPinging;
    private boolean isStarted;
    private boolean isDark;
    private boolean isLeaving;
    private boolean hasLeft;

    private boolean isDeciding;
    private boolean isToDecideAgain;

    /** @throws IOException if there is no socket left */
    SessionSensor(World world, Crew crew, SensorParts parts) throws IOException {
        this.world = world;
        this.crew = crew;
        this.parts = parts;
        this.random = parts.random();
        this.habits = Habits.of(crew.group().firmware());
        this.wire = new Wire(world, crew, random.split(), this);
        this.publications =
                new Publications(world, crew, parts.sources(), random.split(), () -> goOn(world.nowNanos()));
        this.commands = parts.commands();
        this.cycle = parts.cycle();
        this.backoff = new Backoff(random.split());
        this.incidents = new Incidents(world, crew.group(), random.split(), this);
        this.session = new ClientSession(settings(), world.wheel(), this);
        this.connectedNanos = world.nowNanos();
    }

    private ClientSettings settings() {
        Connection connection = habits.connection(crew.group().connection());
        boolean pingsByItself = !habits.pingInterval().isZero();
        return ClientSettings.forClient(parts.clientId())
                .keepAlive(pingsByItself ? Duration.ZERO : connection.keepAlive())
                .cleanSession(connection.cleanSession())
                .will(parts.will())
                .retry(connection.retryInterval(), connection.retryCount())
                .build();
    }

    // ---- its life, as the fleet has it

    @Override
    public SensorState state() {
        if (!isStarted || hasLeft) {
            return SensorState.OFF;
        }
        if (isDark) {
            return SensorState.DARK;
        }
        return switch (session.state()) {
            case DISCONNECTED -> SensorState.DISCONNECTED;
            case CONNECTING -> SensorState.CONNECTING;
            case ACTIVE, DISCONNECTING, FALLING_ASLEEP -> SensorState.ACTIVE;
            case ASLEEP -> SensorState.ASLEEP;
            case AWAKE -> SensorState.AWAKE;
        };
    }

    @Override
    public void start(long nowNanos) {
        isStarted = true;
        switchOn(MsgIds.UNCHANGED, nowNanos);
        incidents.start(nowNanos);
    }

    private void switchOn(MsgIds msgIds, long nowNanos) {
        boolean isAnywhere = habits.hasRandomMsgIds();
        wire.switchOn(habits, isAnywhere ? randomMsgIds() : msgIds);
        if (!habits.pingInterval().isZero()) {
            world.wheel().arm(pinging, nowNanos + habits.pingInterval().toNanos());
        }
        publications.restart(nowNanos);
        connect(nowNanos);
    }

    private MsgIds randomMsgIds() {
        return new MsgIds(random.nextInt(MSG_IDS));
    }

    @Override
    public void finish(long nowNanos) {
        publications.stop();
        incidents.finish();
    }

    @Override
    public boolean isSettled() {
        return !publications.isUnderWay() && session.state() != ClientState.AWAKE && (!isOccupied || rest.isArmed());
    }

    /** What has lost its address without knowing finds out by a ping. */
    @Override
    public void fetch(long nowNanos) {
        if (cycle != null && session.state() == ClientState.ASLEEP) {
            cycle.wakeAt(nowNanos);
            goOn(nowNanos);
        } else if (commands != null && session.state() == ClientState.ACTIVE) {
            ping(nowNanos);
        }
    }

    @Override
    public boolean isMissingCommands() {
        return commands != null && commands.isMissingSome();
    }

    @Override
    public void excuse(long finishedNanos, long nowNanos) {
        if (commands != null && !couldGetAll(finishedNanos, nowNanos)) {
            commands.excuseMissing();
        }
    }

    private boolean couldGetAll(long finishedNanos, long nowNanos) {
        if (cycle != null) {
            return session.state() == ClientState.ASLEEP && cycle.fetchedNanos() - finishedNanos - DELIVERY_NANOS >= 0;
        }
        long reachableSinceNanos = Nanos.later(connectedNanos, wire.openSinceNanos(nowNanos));
        return session.state() == ClientState.ACTIVE && nowNanos - reachableSinceNanos >= SETTLING_NANOS;
    }

    @Override
    public void leave(long nowNanos) {
        isLeaving = true;
        incidents.end();
        boolean isThere = session.state() != ClientState.DISCONNECTED && session.state() != ClientState.CONNECTING;
        if (isThere) {
            goOn(nowNanos);
        } else {
            close();
        }
    }

    @Override
    public boolean hasLeft() {
        return hasLeft;
    }

    /** Without a word, if it has not said it yet. */
    @Override
    public void close() {
        hasLeft = true;
        incidents.end();
        session.close();
        world.wheel().disarm(duty);
        world.wheel().disarm(rest);
        wire.close();
    }

    // ---- what happens to it

    /** It has another address, and knows. */
    void roam(long nowNanos) {
        wire.rebind();
        if (!isDark && session.state() != ClientState.DISCONNECTED) {
            session.close();
            world.wheel().disarm(rest);
            connect(nowNanos);
        }
    }

    void losePower() {
        isDark = true;
        wire.switchOff();
        session.close();
        world.wheel().disarm(duty);
        world.wheel().disarm(rest);
        if (commands != null) {
            commands.onMemoryLost();
        }
    }

    void regainPower(long nowNanos) {
        isDark = false;
        habits = Habits.of(crew.group().firmware());
        session = new ClientSession(settings(), world.wheel(), this);
        switchOn(randomMsgIds(), nowNanos);
    }

    /** Some firmwares do so whatever else they send. */
    private void pingAgain(long nowNanos) {
        ping(nowNanos);
        world.wheel().arm(pinging, nowNanos + habits.pingInterval().toNanos());
    }

    private void ping(long nowNanos) {
        if (session.state() == ClientState.ACTIVE && !isPinging) {
            isPinging = true;
            session.ping(new Pinged(), nowNanos);
        }
    }

    /** An application sends it a command. */
    void command(Broker broker, long nowNanos) {
        if (commands != null) {
            commands.send(broker, nowNanos);
        }
    }

    // ---- what it does

    /** Decides once more, also if it has been decided already what is decided on now. */
    private void goOn(long nowNanos) {
        isToDecideAgain = true;
        if (isDeciding) {
            return;
        }
        isDeciding = true;
        while (isToDecideAgain) {
            isToDecideAgain = false;
            decide(nowNanos);
        }
        isDeciding = false;
    }

    private void decide(long nowNanos) {
        if (isOccupied || publications.isUnderWay()) {
            return;
        }
        if (session.state() == ClientState.ACTIVE) {
            beActive(nowNanos);
        } else if (session.state() == ClientState.ASLEEP && cycle != null) {
            beAsleep(cycle, nowNanos);
        }
    }

    private void beActive(long nowNanos) {
        if (isLeaving) {
            sayGoodbye(nowNanos);
        } else if (commands != null && !hasSubscribed) {
            subscribe(commands, nowNanos);
        } else if (publications.isDue(nowNanos)) {
            publications.publish(session, cycle != null, nowNanos);
        } else if (cycle != null) {
            fallAsleep(cycle, nowNanos);
        } else {
            world.wheel().arm(duty, publications.nextNanos(false, nowNanos));
        }
    }

    /** It returns to active for what it has to say, because while it sleeps it may only fetch (1.2 §6.14). */
    private void beAsleep(SleepCycle sleeping, long nowNanos) {
        boolean hasJustFetched = sleeping.takeFresh();
        if (isLeaving && !hasSubscribed) {
            sayGoodbye(nowNanos);
        } else if (isLeaving
                || publications.isUrgentDue(nowNanos)
                || (hasJustFetched && publications.isDue(nowNanos))) {
            isOccupied = true;
            session.connect(connected, nowNanos);
        } else if (nowNanos - sleeping.wakeNanos() >= 0) {
            sleeping.next(nowNanos);
            session.awaken(fetched, nowNanos);
        } else {
            long urgentNanos = publications.nextNanos(true, nowNanos);
            world.wheel().arm(duty, Nanos.earlier(sleeping.wakeNanos(), urgentNanos));
        }
    }

    private void connect(long nowNanos) {
        hasSubscribed = false;
        boolean isForgotten = crew.group().connection().cleanSession() || !habits.canCatchUp();
        if (commands != null && isForgotten) {
            commands.onSessionDeleted();
        }
        if (habits.searches()) {
            wire.send(SEARCH);
        }
        isOccupied = true;
        session.connect(connected, nowNanos);
    }

    private void subscribe(CommandChannel channel, long nowNanos) {
        if (habits.registersBeforeSubscribing()) {
            isOccupied = true;
            session.register(channel.topicName(), then(alias -> sendSubscribe(channel)), nowNanos);
        } else {
            sendSubscribe(channel);
        }
    }

    private void sendSubscribe(CommandChannel channel) {
        isOccupied = true;
        session.subscribe(
                new Topic.Name(channel.topicName()),
                channel.qos(),
                then(granted -> {
                    hasSubscribed = true;
                    channel.onSubscribed(granted);
                }),
                world.nowNanos());
    }

    private void fallAsleep(SleepCycle sleeping, long nowNanos) {
        isOccupied = true;
        session.sleep(sleeping.period(), then(done -> sleeping.next(world.nowNanos())), nowNanos);
    }

    /** Leaves no subscription behind that messages would wait for. */
    private void sayGoodbye(long nowNanos) {
        isOccupied = true;
        if (commands != null && hasSubscribed) {
            Topic topic = new Topic.Name(commands.topicName());
            session.unsubscribe(topic, then(done -> hasSubscribed = false), nowNanos);
        } else {
            session.disconnect(then(done -> close()), nowNanos);
        }
    }

    // ---- what comes of it

    /** Before it tries again. */
    private void rest() {
        if (isLeaving) {
            close();
        } else if (!isDark && !rest.isArmed()) {
            isOccupied = true;
            world.wheel().arm(rest, world.nowNanos() + backoff.nextNanos());
        }
    }

    private void onRested(long nowNanos) {
        isOccupied = false;
        if (session.state() == ClientState.DISCONNECTED) {
            connect(nowNanos);
        } else {
            goOn(nowNanos);
        }
    }

    @Override
    public void onPacket(Packet packet, long nowNanos) {
        world.meter().onHeard();
        session.receive(packet, nowNanos);
    }

    @Override
    public void onRefused(Publish publish) {
        if (commands != null) {
            commands.excuseMissing();
        }
    }

    @Override
    public void send(Packet packet) {
        wire.send(packet);
    }

    @Override
    public void onMessage(IncomingMessage message) {
        if (commands != null) {
            commands.onMessage(message, world.nowNanos());
        }
    }

    @Override
    public void onRejection(ReturnCode returnCode) {
        publications.onRejection();
    }

    @Override
    public void onConnectionLost(LossCause cause) {
        if (cause == LossCause.CLOSED) {
            return;
        }
        crew.suffer(cause == LossCause.NO_RESPONSE ? Trouble.CONNECTION_LOST : Trouble.DISCONNECTED_BY_GATEWAY);
        rest();
    }

    private <T> Reply<T> then(Consumer<T> next) {
        return new Reply<>() {
            @Override
            public void accepted(T answer) {
                isOccupied = false;
                next.accept(answer);
                goOn(world.nowNanos());
            }

            /** That the gateway is gone is told by {@link #onConnectionLost}. */
            @Override
            public void failed(ClientException cause) {
                if (cause instanceof RejectedException) {
                    crew.suffer(Trouble.SUBSCRIBE_FAILED);
                }
                rest();
            }
        };
    }

    /** How a CONNECT has ended. */
    private final class Connected implements Reply<Done> {
        @Override
        public void accepted(Done answer) {
            isOccupied = false;
            connectedNanos = world.nowNanos();
            backoff.reset();
            world.meter().onConnected();
            goOn(connectedNanos);
        }

        @Override
        public void failed(ClientException cause) {
            if (cause instanceof RejectedException) {
                crew.suffer(Trouble.CONNECT_REFUSED);
            } else if (cause instanceof NoResponseException) {
                crew.suffer(Trouble.CONNECT_UNANSWERED);
            }
            rest();
        }
    }

    /** How a wake-up has ended. */
    private final class Fetched implements Reply<Done> {
        @Override
        public void accepted(Done answer) {
            long nowNanos = world.nowNanos();
            if (cycle != null) {
                cycle.onFetched(nowNanos);
            }
            goOn(nowNanos);
        }

        @Override
        public void failed(ClientException cause) {
            if (!(cause instanceof NoResponseException)) {
                return; // told as lost
            }
            crew.suffer(Trouble.WAKE_UNANSWERED);
            if (cycle != null && cycle.onMissed()) {
                session.close();
                rest();
            } else {
                goOn(world.nowNanos());
            }
        }
    }

    /** How a ping has ended; what is lost by it is told by {@link #onConnectionLost}. */
    private final class Pinged implements Reply<Done> {
        @Override
        public void accepted(Done answer) {
            isPinging = false;
        }

        @Override
        public void failed(ClientException cause) {
            isPinging = false;
        }
    }
}

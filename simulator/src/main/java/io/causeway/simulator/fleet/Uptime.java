package io.causeway.simulator.fleet;

import io.causeway.client.ClientException;
import io.causeway.client.ClientPort;
import io.causeway.client.ClientSession;
import io.causeway.client.ClientState;
import io.causeway.client.Done;
import io.causeway.client.IncomingMessage;
import io.causeway.client.LossCause;
import io.causeway.client.NoResponseException;
import io.causeway.client.RejectedException;
import io.causeway.client.Reply;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SearchGw;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.network.Nanos;
import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.scenario.Connection;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sensor from power on to power off: connects, subscribes, publishes, sleeps, and connects again whenever it has to. When
 * something has come to its end, {@link #goOn} decides what comes next. Owned by the thread of the run.
 */
final class Uptime implements ClientPort {
    private static final SearchGw SEARCH = new SearchGw(1);

    private final World world;
    private final TimerWheel wheel;
    private final Crew crew;
    private final String clientId;
    private final Habits habits;
    private final Wire wire;
    private final Publications publications;
    private final @Nullable Slumber slumber;
    private final Runnable whenGone;
    private final Backoff backoff;
    private final ClientSession session;
    private final Pings pings;
    private final Neglect neglect;
    private final @Nullable Subscription subscription;
    private final Timer duty = new Timer((timer, nowNanos) -> goOn(nowNanos));
    private final Timer resting = new Timer((timer, nowNanos) -> onRested(nowNanos));
    private final Reply<Done> connected = new Connected();

    private long connectedNanos;

    /** Something is under way, or rested for, that the next thing waits for. */
    private boolean isOccupied;

    /** It has been told to fetch, and has not rested since before that. */
    private boolean isHurried;

    private boolean isLeaving;
    private boolean isDeciding;
    private boolean isToDecideAgain;

    /** @param whenGone told when it has said goodbye, or has nobody to say it to */
    Uptime(
            World world,
            Crew crew,
            SensorParts parts,
            Habits habits,
            Wire wire,
            Publications publications,
            Runnable whenGone) {
        this.world = world;
        this.wheel = world.wheel();
        this.crew = crew;
        this.clientId = parts.clientId();
        this.habits = habits;
        this.wire = wire;
        this.publications = publications;
        this.whenGone = whenGone;
        this.backoff = new Backoff(parts.random().split());
        Connection connection = habits.connection(crew.group().connection());
        this.session = new ClientSession(parts.settings(connection, habits), wheel, this);
        SleepCycle cycle = parts.cycle();
        this.slumber = cycle == null ? null : new Slumber(world, crew, cycle, wire, session, this);
        CommandChannel commands = parts.commands();
        this.subscription = commands == null ? null : new Subscription(commands, habits, session, this);
        this.pings = new Pings(wheel, session, habits.pingInterval(), world.nowNanos());
        this.neglect = new Neglect(wire, connection);
        this.connectedNanos = world.nowNanos();
    }

    SensorState state() {
        return switch (session.state()) {
            case DISCONNECTED -> SensorState.DISCONNECTED;
            case CONNECTING -> SensorState.CONNECTING;
            case ACTIVE, DISCONNECTING, FALLING_ASLEEP -> SensorState.ACTIVE;
            case ASLEEP -> SensorState.ASLEEP;
            case AWAKE -> SensorState.AWAKE;
        };
    }

    /** When it was last accepted by the gateway; when it began, if never. */
    long connectedNanos() {
        return connectedNanos;
    }

    /** As {@link Neglect#isFelt}. */
    boolean isNeglected(long nowNanos) {
        return neglect.isFelt(nowNanos);
    }

    /** As {@link Neglect#isSuspected}. */
    boolean isUnanswered(long nowNanos) {
        return neglect.isSuspected(nowNanos);
    }

    boolean isSettled() {
        return !publications.isUnderWay() && session.state() != ClientState.AWAKE && (!isOccupied || resting.isArmed());
    }

    void begin(long nowNanos) {
        pings.start(nowNanos);
        connect(nowNanos);
    }

    /** What it says is not acknowledged any more: it says it to nobody. */
    void end() {
        session.close();
        wheel.disarm(duty);
        pings.stop();
        wheel.disarm(resting);
    }

    /** It gives up its connection, if it has one. */
    void connectAnew(long nowNanos) {
        if (session.state() != ClientState.DISCONNECTED) {
            session.close();
            wheel.disarm(resting);
            connect(nowNanos);
        }
    }

    /**
     * A sleeper wakes, and one that rests before it connects again does so now, once. Others ask for a sign of life: the
     * gateway may have lost them without their knowing.
     */
    void fetch(long nowNanos) {
        if (slumber != null && session.state() == ClientState.ASLEEP) {
            slumber.cycle().wakeAt(nowNanos);
            goOn(nowNanos);
        } else if (session.state() == ClientState.ACTIVE) {
            neglect.onAsked(nowNanos);
            pings.ping(nowNanos);
        } else if (resting.isArmed() && !isHurried) {
            wheel.disarm(resting);
            onRested(nowNanos);
        }
        isHurried = true;
    }

    void leave(long nowNanos) {
        isLeaving = true;
        if (session.state() == ClientState.DISCONNECTED || session.state() == ClientState.CONNECTING) {
            whenGone.run();
        } else {
            goOn(nowNanos);
        }
    }

    /** Asleep, its radio is off. */
    void receive(Packet packet, long nowNanos) {
        if (session.state() == ClientState.ASLEEP) {
            if (packet instanceof Publish || packet instanceof Register) {
                crew.suffer(Trouble.SPOKE_TO_SLEEPER);
            }
            return;
        }
        if (session.state() != ClientState.DISCONNECTED && session.state() != ClientState.CONNECTING) {
            neglect.onServed();
        }
        session.receive(packet, nowNanos);
    }

    /** Decides what comes next, and then once more if meanwhile something has come to its end at once. */
    void goOn(long nowNanos) {
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
        } else if (session.state() == ClientState.ASLEEP && slumber != null) {
            beAsleep(slumber, nowNanos);
        }
    }

    private void beActive(long nowNanos) {
        if (isLeaving) {
            sayGoodbye(nowNanos);
        } else if (subscription != null && !subscription.stands()) {
            subscription.subscribe(nowNanos);
        } else if (publications.isDue(nowNanos)) {
            publications.publish(session, nowNanos);
        } else if (slumber != null) {
            fallAsleep(slumber.cycle(), nowNanos);
        } else {
            wheel.arm(duty, publications.nextNanos(false, nowNanos));
        }
    }

    /** It returns to active for what it has to say, because a sleeper only fetches (1.2 §6.14). */
    private void beAsleep(Slumber sleeping, long nowNanos) {
        SleepCycle cycle = sleeping.cycle();
        boolean hasJustFetched = cycle.takeFresh();
        if (isLeaving && !isSubscribed()) {
            sayGoodbye(nowNanos);
        } else if (isLeaving
                || publications.isUrgentDue(nowNanos)
                || (hasJustFetched && publications.isDue(nowNanos))) {
            if (!hasJustFetched) {
                publications.onAwake(nowNanos);
            }
            sendConnect(nowNanos);
        } else if (nowNanos - cycle.wakeNanos() >= 0) {
            publications.onAwake(nowNanos);
            neglect.onAsked(nowNanos);
            sleeping.wake(nowNanos);
        } else {
            long urgentNanos = publications.nextNanos(true, nowNanos);
            wheel.arm(duty, Nanos.earlier(cycle.wakeNanos(), urgentNanos));
        }
    }

    private void connect(long nowNanos) {
        if (subscription != null) {
            subscription.onConnecting(crew.group().connection().cleanSession());
        }
        if (habits.searches()) {
            wire.send(SEARCH);
        }
        sendConnect(nowNanos);
    }

    private void sendConnect(long nowNanos) {
        isOccupied = true;
        neglect.onAsked(nowNanos);
        session.connect(connected, nowNanos);
    }

    private void fallAsleep(SleepCycle sleeping, long nowNanos) {
        session.sleep(sleeping.period(), then(done -> sleeping.next(world.nowNanos())), nowNanos);
    }

    /** Leaves no subscription behind that messages would wait for. */
    private void sayGoodbye(long nowNanos) {
        if (subscription != null && subscription.stands()) {
            subscription.unsubscribe(nowNanos);
        } else {
            session.disconnect(then(done -> whenGone.run()), nowNanos);
        }
    }

    private boolean isSubscribed() {
        return subscription != null && subscription.stands();
    }

    /** It believes no longer in its connection. */
    void giveUp() {
        session.close();
        rest();
    }

    /** Before it tries again. */
    private void rest() {
        if (isLeaving) {
            whenGone.run();
        } else if (!resting.isArmed()) {
            isOccupied = true;
            wheel.arm(resting, world.nowNanos() + backoff.nextNanos());
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
    public void send(Packet packet) {
        wire.send(packet);
    }

    @Override
    public void onMessage(IncomingMessage message) {
        if (subscription != null) {
            subscription.onMessage(message);
        }
    }

    @Override
    public void onRejection(ReturnCode returnCode) {
        publications.onRejection();
    }

    @Override
    public void onConnectionLost(LossCause cause) {
        if (cause != LossCause.CLOSED) {
            boolean isSilence = cause == LossCause.NO_RESPONSE;
            crew.suffer(isSilence ? Trouble.CONNECTION_LOST : Trouble.DISCONNECTED_BY_GATEWAY);
            rest();
        }
    }

    long nowNanos() {
        return world.nowNanos();
    }

    /** For a request: nothing else is done until it is answered, and after that what is next. */
    <T> Reply<T> then(Consumer<T> next) {
        isOccupied = true;
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
            neglect.onServed();
            connectedNanos = world.nowNanos();
            if (slumber != null) {
                slumber.cycle().onActive();
            }
            backoff.reset();
            world.meter().onConnected();
            crew.onAccepted(clientId, connectedNanos);
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
}

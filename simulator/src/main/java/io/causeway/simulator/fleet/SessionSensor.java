package io.causeway.simulator.fleet;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Publish;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.firmware.MsgIds;
import io.causeway.simulator.network.Nanos;
import io.causeway.simulator.report.SensorState;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A sensor with a session. What it does lasts no longer than its power: see {@link Uptime}. Here is what outlives that: its
 * place in the network, and what is known of its messages. Owned by the thread of the run.
 */
final class SessionSensor implements Sensor, Wire.Listener {
    /** Of the fetch that counts after the end of the commands: what the broker took last needs time to the gateway. */
    private static final long DELIVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** A sensor that has been reachable for less than a repetition takes may not have got yet what waits for it. */
    private static final long SETTLING_NANOS = Duration.ofSeconds(15).toNanos();

    private static final int MSG_IDS = 0xFFFF;

    private final World world;
    private final Crew crew;
    private final SensorParts parts;
    private final SplittableRandom random;
    private final Wire wire;
    private final Publications publications;
    private final @Nullable CommandChannel commands;
    private final Incidents incidents;

    /** Null without power. */
    private @Nullable Uptime uptime;

    private boolean isStarted;
    private boolean hasLeft;

    /** @throws IOException if there is no socket left */
    SessionSensor(World world, Crew crew, SensorParts parts) throws IOException {
        this.world = world;
        this.crew = crew;
        this.parts = parts;
        this.random = parts.random();
        this.wire = new Wire(world, crew, random.split(), this);
        this.publications = new Publications(world, crew, parts.sources(), random.split(), this::onPublished);
        this.commands = parts.commands();
        this.incidents = new Incidents(world, crew.group(), random.split(), this);
    }

    @Override
    public SensorState state() {
        if (!isStarted || hasLeft) {
            return SensorState.OFF;
        }
        return uptime == null ? SensorState.DARK : uptime.state();
    }

    @Override
    public void start(long nowNanos) {
        isStarted = true;
        crew.onAppeared();
        Habits habits = Habits.of(crew.group().firmware());
        switchOn(habits, habits.hasRandomMsgIds() ? randomMsgIds() : MsgIds.UNCHANGED, nowNanos);
        incidents.start(nowNanos);
    }

    @Override
    public void hold() {
        publications.hold();
    }

    @Override
    public void release(long nowNanos) {
        publications.release(nowNanos);
        if (uptime != null) {
            uptime.goOn(nowNanos);
        }
    }

    @Override
    public void finish(long nowNanos) {
        publications.stop();
        incidents.finish();
    }

    @Override
    public boolean isSettled() {
        return uptime == null || uptime.isSettled();
    }

    @Override
    public void fetch(long nowNanos) {
        if (uptime != null && commands != null) {
            uptime.fetch(nowNanos);
        }
    }

    @Override
    public boolean isMissingCommands() {
        return commands != null && commands.isMissingSome();
    }

    @Override
    public void excuse(long finishedNanos, long nowNanos) {
        if (commands != null) {
            commands.promiseNoMore();
            if (!couldGetAll(finishedNanos, nowNanos)) {
                commands.excuseMissing();
            }
        }
    }

    @Override
    public boolean isUnanswered(long nowNanos) {
        return uptime != null && uptime.isUnanswered(nowNanos);
    }

    private boolean couldGetAll(long finishedNanos, long nowNanos) {
        if (uptime != null && uptime.isNeglected(nowNanos)) {
            return true;
        }
        SleepCycle cycle = parts.cycle();
        if (cycle != null) {
            return cycle.fetchedNanos() - finishedNanos >= DELIVERY_NANOS;
        }
        if (uptime == null || state() != SensorState.ACTIVE) {
            return false;
        }
        long reachableSinceNanos = Nanos.later(uptime.connectedNanos(), wire.openSinceNanos(nowNanos));
        return nowNanos - reachableSinceNanos >= SETTLING_NANOS;
    }

    @Override
    public void leave(long nowNanos) {
        incidents.end();
        if (uptime == null) {
            close();
        } else {
            uptime.leave(nowNanos);
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
        if (uptime != null) {
            uptime.end();
        }
        wire.close();
    }

    /** It has another address, and knows. */
    void roam(long nowNanos) {
        wire.rebind();
        if (uptime != null) {
            uptime.connectAnew(nowNanos);
        }
    }

    void losePower() {
        if (uptime != null) {
            uptime.end();
            uptime = null;
        }
        if (commands != null) {
            commands.onMemoryLost();
        }
    }

    void regainPower(long nowNanos) {
        switchOn(Habits.of(crew.group().firmware()), randomMsgIds(), nowNanos);
    }

    private void switchOn(Habits habits, MsgIds msgIds, long nowNanos) {
        wire.use(habits, msgIds);
        publications.restart(nowNanos);
        Uptime begun = new Uptime(world, crew, parts, habits, wire, publications, this::close);
        uptime = begun;
        begun.begin(nowNanos);
    }

    private MsgIds randomMsgIds() {
        return new MsgIds(random.nextInt(MSG_IDS));
    }

    /** An application sends it a command. */
    void command(Broker broker, long nowNanos) {
        if (commands != null) {
            commands.send(broker, nowNanos);
        }
    }

    private void onPublished() {
        if (uptime != null) {
            uptime.goOn(world.nowNanos());
        }
    }

    /** Without power it hears nothing. */
    @Override
    public void onPacket(Packet packet, long nowNanos) {
        world.meter().onHeard(nowNanos);
        if (uptime != null) {
            uptime.receive(packet, nowNanos);
        }
    }

    @Override
    public void onRefused(Publish publish) {
        world.ledger().onRefused(publish.data());
    }

    @Override
    public void onDeaf() {
        if (commands != null) {
            commands.onDeaf();
        }
    }
}

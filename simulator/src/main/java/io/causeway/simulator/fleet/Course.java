package io.causeway.simulator.fleet;

import io.causeway.simulator.report.Sample;
import io.causeway.simulator.scenario.Phases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Leads a fleet through the phases of its scenario. Owned by the thread of the run. */
final class Course {
    /** What has not arrived when nothing was to be expected for so long will not come. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** In a quiet ramp-up, between a sensor's appearance and its acceptance. */
    private static final int MOST_CONNECTING = 64;

    private static final long GLANCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** For the answers to the last goodbyes. */
    private static final long LEAVE_NANOS = Duration.ofSeconds(5).toNanos();

    private final World world;
    private final Fleet fleet;
    private final Phases phases;

    /** Those that have not come to rest since the drain began. */
    private final List<Sensor> restless = new ArrayList<>();

    private Duration rampDown;
    private Sample.Phase phase = Sample.Phase.RAMP_UP;
    private long phaseBeganNanos;
    private long glanceNanos;
    private long quietSinceNanos;
    private boolean isOver;

    Course(World world, Fleet fleet, Phases phases, long nowNanos) {
        this.world = world;
        this.fleet = fleet;
        this.phases = phases;
        this.rampDown = phases.rampDown();
        this.phaseBeganNanos = nowNanos;
        fleet.order(this::start);
    }

    private void start(Sensor sensor) {
        if (phases.isQuiet()) {
            sensor.hold();
        }
        sensor.start(world.nowNanos());
    }

    Sample.Phase phase() {
        return phase;
    }

    boolean isOver() {
        return isOver;
    }

    /** What has begun comes to its end, and then everybody leaves. */
    void endSoon(long nowNanos) {
        if (phase == Sample.Phase.RAMP_UP || phase == Sample.Phase.STEADY) {
            beginDrain(nowNanos);
        }
    }

    /** Everybody leaves now, and nobody takes his time. */
    void endNow(long nowNanos) {
        rampDown = Duration.ZERO;
        if (phase != Sample.Phase.RAMP_DOWN) {
            beginRampDown(nowNanos);
        }
    }

    void turn(long nowNanos) {
        switch (phase) {
            case RAMP_UP -> rampUp(nowNanos);
            case STEADY -> steady(nowNanos);
            case DRAIN -> drain(nowNanos);
            case RAMP_DOWN -> rampDown(nowNanos);
        }
    }

    private void rampUp(long nowNanos) {
        if (phases.isQuiet()) {
            quietRampUp(nowNanos);
            return;
        }
        fleet.tell(shareOf(phases.rampUp(), nowNanos));
        if (fleet.hasToldAll()) {
            begin(Sample.Phase.STEADY, nowNanos);
        }
    }

    private void quietRampUp(long nowNanos) {
        int connected = world.meter().newcomers();
        double most = (double) (connected + MOST_CONNECTING) / fleet.sensors().size();
        fleet.tell(Math.min(most, shareOf(phases.rampUp(), nowNanos)));
        if (connected == fleet.sensors().size()) {
            begin(Sample.Phase.STEADY, nowNanos);
            fleet.order(sensor -> sensor.release(world.nowNanos()));
        }
    }

    private void steady(long nowNanos) {
        fleet.tell(1); // of a quiet ramp-up, that they may publish
        if (isOver(phases.steady(), nowNanos)) {
            beginDrain(nowNanos);
        }
    }

    private void beginDrain(long nowNanos) {
        begin(Sample.Phase.DRAIN, nowNanos);
        quietSinceNanos = nowNanos;
        glanceNanos = nowNanos + GLANCE_NANOS;
        restless.addAll(fleet.sensors());
        restless.forEach(sensor -> sensor.finish(nowNanos));
        fleet.order(sensor -> sensor.fetch(world.nowNanos()));
    }

    private void drain(long nowNanos) {
        fleet.tell(1);
        if (nowNanos - glanceNanos >= 0) {
            glanceNanos = nowNanos + GLANCE_NANOS;
            if (fleet.hasToldAll()) {
                restless.removeIf(Sensor::isSettled);
            }
            if (!isQuiet()) {
                quietSinceNanos = nowNanos;
                fleet.sensors().stream().filter(Sensor::isMissingCommands).forEach(sensor -> sensor.fetch(nowNanos));
            }
        }
        if (isOver(phases.drain(), nowNanos) || nowNanos - quietSinceNanos > SILENCE_NANOS) {
            fleet.sensors().forEach(sensor -> sensor.excuse(phaseBeganNanos, nowNanos));
            beginRampDown(nowNanos);
        }
    }

    private boolean isQuiet() {
        boolean isSending = world.broker() != null && world.broker().isSending();
        return !isSending && isAllThere() && fleet.hasToldAll() && restless.isEmpty();
    }

    private boolean isAllThere() {
        return world.broker() == null || world.ledger().tally(channel -> true).missing() == 0;
    }

    private void beginRampDown(long nowNanos) {
        begin(Sample.Phase.RAMP_DOWN, nowNanos);
        quietSinceNanos = nowNanos;
        fleet.order(sensor -> sensor.leave(world.nowNanos()));
    }

    private void rampDown(long nowNanos) {
        fleet.tell(shareOf(rampDown, nowNanos));
        if (!fleet.hasToldAll() || !fleet.sensors().stream().allMatch(Sensor::hasLeft)) {
            quietSinceNanos = nowNanos;
            if (isOver(rampDown.plusNanos(LEAVE_NANOS), nowNanos)) {
                fleet.close();
            }
            return;
        }
        isOver = isAllThere() || nowNanos - quietSinceNanos > SILENCE_NANOS;
    }

    private void begin(Sample.Phase next, long nowNanos) {
        phase = next;
        phaseBeganNanos = nowNanos;
    }

    private boolean isOver(Duration duration, long nowNanos) {
        return nowNanos - phaseBeganNanos >= duration.toNanos();
    }

    /** 1 if the phase takes no time. */
    private double shareOf(Duration duration, long nowNanos) {
        return duration.isZero() ? 1 : (double) (nowNanos - phaseBeganNanos) / duration.toNanos();
    }
}

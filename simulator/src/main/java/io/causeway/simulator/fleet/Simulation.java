package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Sockets;
import io.causeway.simulator.network.Transit;
import io.causeway.simulator.report.FleetReport;
import io.causeway.simulator.report.FleetReport.Outcome;
import io.causeway.simulator.report.GroupReport;
import io.causeway.simulator.report.Sample;
import io.causeway.simulator.report.TimeSeries;
import io.causeway.simulator.scenario.Group;
import io.causeway.simulator.truth.Direction;
import io.causeway.simulator.truth.Finding;
import io.causeway.simulator.truth.Ledger;
import io.causeway.simulator.truth.Tally;
import io.causeway.simulator.verify.ArrivalListener;
import io.causeway.timer.TimerWheel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run, from the first CONNECT to the verdict, driven by the time that its clock tells. Owned by the thread of the run. */
final class Simulation implements ArrivalListener {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final long SAMPLE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How late arrivals at the broker, and the phases, may be noticed. */
    private static final long LONGEST_TURN_NANOS = Duration.ofMillis(5).toNanos();

    /** A broker tells every ten seconds what it has dropped. */
    private static final long CONFESSION_NANOS = Duration.ofSeconds(11).toNanos();

    private static final int DATAGRAM_OCTETS = 1 << 16;
    private static final int MOST_SAMPLES = 2_000;
    private static final int MOST_FINDINGS = 100;

    private final FleetPlan plan;
    private final World world;
    private final Fleet fleet;
    private final Course course;
    private final Patience patience;
    private final Consumer<Sample> progress;
    private final TimeSeries series = new TimeSeries(MOST_SAMPLES);
    private final long beganNanos;
    private long sampleNanos;

    /** When the sensors still had something to do. */
    private long busyNanos;

    /** Why it ended early, in words; empty if it did not. */
    private String ended = "";

    private boolean isAborted;

    /**
     * @param runNumber that no other run has: what others left at the broker is told from ours by it
     * @param broker    null for a run without verification
     * @param progress  told a sample each second
     * @throws IOException if there are not enough sockets
     */
    Simulation(
            FleetPlan plan,
            long runNumber,
            Sockets sockets,
            @Nullable Broker broker,
            LongSupplier clock,
            Consumer<Sample> progress)
            throws IOException {
        this.plan = plan;
        this.progress = progress;
        this.world = new World(
                plan.run(),
                clock,
                new TimerWheel(TICK, clock.getAsLong()),
                sockets,
                new Transit(),
                new Ledger(runNumber),
                plan.lateAfter(),
                new Meter(),
                broker,
                Unpooled.directBuffer(DATAGRAM_OCTETS));
        this.fleet = new Fleet(world, plan.scenario());
        this.beganNanos = clock.getAsLong();
        this.sampleNanos = beganNanos + SAMPLE_NANOS;
        this.course = new Course(world, fleet, plan.scenario().phases(), beganNanos);
        this.patience = new Patience(world.meter(), fleet, plan.gatewayName(), beganNanos);
    }

    boolean isOver() {
        return course.isOver() && !isAwaitingDoubt();
    }

    /** What is missing may have been dropped by a broker that has not said so yet. */
    private boolean isAwaitingDoubt() {
        Broker broker = world.broker();
        return broker != null
                && broker.tellsLosses()
                && !isAborted
                && world.nowNanos() - busyNanos < CONFESSION_NANOS
                && broker.doubt().isEmpty()
                && !world.ledger().findings(1).isEmpty();
    }

    /** Does what is due. */
    void turn() {
        long nowNanos = world.nowNanos();
        world.wheel().advance(nowNanos);
        world.transit().advance(nowNanos);
        if (world.broker() != null) {
            world.broker().drain(this);
        }
        Sample.Phase before = course.phase();
        course.turn(nowNanos);
        if (!course.isOver()) {
            busyNanos = nowNanos;
        }
        if (before == Sample.Phase.DRAIN && course.phase() == Sample.Phase.RAMP_DOWN) {
            lookBack(nowNanos);
        }
        if (nowNanos - sampleNanos >= 0) {
            sampleNanos += SAMPLE_NANOS;
            sample(nowNanos);
            patience.complaint(nowNanos).ifPresent(complaint -> abort(complaint, nowNanos));
        }
    }

    /** @return how long nothing is to be done, unless a datagram comes */
    long nanosToNextTurn() {
        long nowNanos = world.nowNanos();
        if (!fleet.hasToldAll()) {
            return TICK.toNanos();
        }
        long nextNanos = Math.min(
                world.wheel().nanosToNextTick(nowNanos), world.transit().nanosToNext(nowNanos));
        return Math.min(nextNanos, LONGEST_TURN_NANOS);
    }

    /** Ends the run before its time, in order. */
    void stop(String reason) {
        if (ended.isEmpty()) {
            ended = reason;
        }
        course.endSoon(world.nowNanos());
    }

    /** How long it took until the latest sensor that the gateway ever accepted was accepted. */
    Duration setupTime() {
        return Duration.ofNanos(world.meter().newcomerNanos() - beganNanos);
    }

    /** From the last sample on latencies count anew. */
    void forgetLatencies() {
        world.meter().forgetLatencies();
    }

    /** Ends everything without a word. */
    void close() {
        fleet.close();
        world.datagram().release();
    }

    @Override
    public void onArrived(String topic, ByteBuf payload, boolean isRedelivery, long receivedNanos) {
        world.ledger()
                .onArrivedAtBroker(topic, ByteBufUtil.getBytes(payload), isRedelivery, receivedNanos)
                .ifPresent(world.meter()::onArrived);
    }

    /** Whether gateway and broker were there to the end, so that they can be judged. */
    private void lookBack(long nowNanos) {
        Broker broker = world.broker();
        Optional<String> complaint = patience.lastComplaint(nowNanos);
        if (complaint.isPresent()) {
            abort(complaint.get(), nowNanos);
        } else if (patience.isGone(nowNanos)) {
            abort(plan.gatewayName() + " was gone at the end", nowNanos);
        } else if (isNothingAcknowledged()) {
            isAborted = true;
            ended = plan.gatewayName() + " acknowledged nothing";
        } else if (broker != null && broker.trouble().isPresent()) {
            isAborted = true;
            ended = "the broker was gone at the end: " + broker.trouble().get();
        }
    }

    /** Nobody can be blamed for what the broker itself may have lost. */
    private void judgeNothingInDoubt(Broker broker, List<Finding> findings) {
        Optional<String> doubt = broker.doubt();
        if (!isAborted && !findings.isEmpty() && doubt.isPresent()) {
            isAborted = true;
            ended = doubt.get();
        }
    }

    private boolean isNothingAcknowledged() {
        Tally tally = world.ledger()
                .tally(channel ->
                        channel.direction() == Direction.UP && channel.qos().isAcknowledged());
        return tally.sent() > 0 && tally.promised() == 0;
    }

    private void abort(String complaint, long nowNanos) {
        if (!isAborted) {
            isAborted = true;
            ended = complaint;
            course.endNow(nowNanos);
        }
    }

    private void sample(long nowNanos) {
        long elapsedMillis = Duration.ofNanos(nowNanos - beganNanos).toMillis();
        long outstanding = world.broker() == null
                ? 0
                : world.ledger().tally(channel -> true).missing();
        Sample sample = world.meter().sample(elapsedMillis, course.phase(), fleet.states(), outstanding);
        series.add(sample);
        progress.accept(sample);
    }

    /**
     * What the run has shown, once it is over.
     *
     * @param began      when
     * @param cpuSeconds of this process during the run
     * @param complaints rules of the medium that the gateway has broken
     */
    FleetReport report(Instant began, double cpuSeconds, List<String> complaints) {
        long nowNanos = world.nowNanos();
        sample(nowNanos);
        Broker broker = world.broker();
        List<Finding> findings = new ArrayList<>();
        if (broker != null) {
            findings.addAll(world.ledger().findings(MOST_FINDINGS));
            judgeNothingInDoubt(broker, findings);
        }
        complaints.forEach(complaint -> findings.add(new Finding(Finding.Kind.IMPROPER, "", "", complaint)));
        Meter meter = world.meter();
        return new FleetReport(
                plan.scenario(),
                plan.gatewayName(),
                plan.broker() == null ? "" : plan.broker().toString(),
                plan.run(),
                began,
                Duration.ofNanos(nowNanos - beganNanos),
                outcome(broker != null, findings),
                ended,
                findings,
                fleet.crews().stream().map(this::report).toList(),
                series.samples(),
                meter.acknowledgement().distribution(),
                meter.endToEnd().distribution(),
                meter.commandLatency().distribution(),
                world.ledger().foreign(),
                cpuSeconds);
    }

    private Outcome outcome(boolean isVerified, List<Finding> findings) {
        if (isAborted) {
            return Outcome.ABORTED;
        }
        if (!findings.isEmpty()) {
            return Outcome.BROKEN;
        }
        return isVerified ? Outcome.KEPT : Outcome.UNVERIFIED;
    }

    private GroupReport report(Crew crew) {
        Group group = crew.group();
        return new GroupReport(
                group.name(),
                group.count(),
                crew.neverConnected(),
                tally(group, Direction.UP),
                tally(group, Direction.DOWN),
                crew.troubles());
    }

    private Tally tally(Group group, Direction direction) {
        return world.ledger()
                .tally(channel ->
                        channel.direction() == direction && channel.group().equals(group.name()));
    }
}

package io.causeway.simulator.load;

import io.causeway.simulator.report.Percentiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One run: connect the fleet, warm up, measure, wait for the stragglers, disconnect. All on the thread that calls it: fleet
 * and subscriber share one selector.
 */
public final class LoadRun {
    private static final Duration SETUP_TIME = Duration.ofMinutes(2);
    private static final Duration DRAIN_TIME = Duration.ofSeconds(15);
    private static final Duration LEAVE_TIME = Duration.ofSeconds(5);

    /** What has not arrived when nothing came for so long will not come. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** The longest a turn of the loop waits: how late an open loop's message may be. */
    private static final long TURN_MILLIS = 1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLION = 1e6;

    private final LoadPlan plan;
    private final Ledger ledger;
    private final ProcessMeter watched;
    private final ProcessMeter self =
            new ProcessMeter(List.of(ProcessHandle.current().pid()));

    private LoadRun(LoadPlan plan) {
        this.plan = plan;
        this.ledger = new Ledger(plan.clients());
        this.watched = new ProcessMeter(plan.pids());
    }

    /**
     * Runs to the end, which takes warm-up, measured time, and some seconds before and after.
     *
     * @param plan what to do
     * @param name distinguishes this run from others at the same broker: client ids and topics begin with it
     * @throws IOException if gateway or broker cannot be reached, the broker goes away, a watched process is gone, or the
     *     system has no sockets left
     */
    public static LoadReport run(LoadPlan plan, String name) throws IOException {
        return new LoadRun(plan).run(name);
    }

    private LoadReport run(String name) throws IOException {
        try (Selector selector = Selector.open();
                MqttSubscriber subscriber = MqttSubscriber.open(plan.broker(), name, name + "/#", ledger::onArrived);
                Fleet fleet = Fleet.open(plan, name, ledger, selector)) {
            subscriber.register(selector);
            return run(fleet, selector);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private LoadReport run(Fleet fleet, Selector selector) throws IOException {
        watched.sample();
        long beganNanos = System.nanoTime();
        connect(fleet, selector);
        double setupSeconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
        long readyOctets = watched.sample().residentOctets();

        fleet.follow(schedule());
        turn(fleet, selector, plan.warmUp(), () -> false);
        ledger.beginMeasurement();
        Reading before = read();
        turn(fleet, selector, plan.measured(), () -> false);
        Reading after = read();
        Percentiles acknowledgements = ledger.acknowledgements();
        Percentiles endToEnd = ledger.endToEnd();

        fleet.follow(Schedule.NOTHING);
        drain(fleet, selector);
        fleet.leave();
        turn(fleet, selector, LEAVE_TIME, fleet::hasLeft);
        return new LoadReport(
                plan,
                setupSeconds,
                after.ratesSince(before),
                acknowledgements,
                endToEnd,
                after.resourcesSince(before, readyOctets),
                ledger.counts());
    }

    private void connect(Fleet fleet, Selector selector) throws IOException {
        fleet.connect(System.nanoTime());
        if (!turn(fleet, selector, FleetClient.patience(plan), () -> fleet.ready() > 0)) {
            throw new IOException("no client could connect to the gateway " + plan.gateway());
        }
        if (!turn(fleet, selector, SETUP_TIME, () -> fleet.ready() == plan.clients())) {
            throw new IOException("after " + SETUP_TIME.toSeconds() + " s only " + fleet.ready() + " of "
                    + plan.clients() + " clients are connected");
        }
    }

    private Schedule schedule() {
        return plan.messagesPerSecond() == LoadPlan.CLOSED_LOOP
                ? new ClosedLoop()
                : new OpenLoop(plan.messagesPerSecond(), System.nanoTime());
    }

    /** Until nothing more is to be expected: everything is there, or the rest does not come. */
    private void drain(Fleet fleet, Selector selector) throws IOException {
        long endNanos = System.nanoTime() + DRAIN_TIME.toNanos();
        long arrived;
        do {
            arrived = ledger.of(Count.ARRIVED);
            if (turn(
                    fleet,
                    selector,
                    SILENCE,
                    () -> ledger.of(Count.ARRIVED) == ledger.of(Count.SENT) && fleet.isIdle())) {
                return;
            }
        } while (System.nanoTime() - endNanos < 0 && (ledger.of(Count.ARRIVED) > arrived || !fleet.isIdle()));
    }

    /** @return whether it was done before the time was over */
    private static boolean turn(Fleet fleet, Selector selector, Duration time, BooleanSupplier isDone)
            throws IOException {
        long endNanos = System.nanoTime() + time.toNanos();
        while (!isDone.getAsBoolean()) {
            long nowNanos = System.nanoTime();
            if (nowNanos - endNanos >= 0) {
                return false;
            }
            fleet.turn(nowNanos);
            selector.select(LoadRun::read, TURN_MILLIS);
        }
        return true;
    }

    private static void read(SelectionKey key) {
        try {
            ((Receiver) key.attachment()).onReadable(System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reading read() throws IOException {
        return new Reading(
                System.nanoTime(),
                ledger.of(Count.SENT),
                ledger.of(Count.ACKNOWLEDGED),
                ledger.of(Count.ARRIVED),
                watched.sample(),
                self.sample());
    }

    /** All meters at one moment. */
    private record Reading(
            long nanos,
            long sent,
            long acknowledged,
            long arrived,
            ProcessMeter.Sample watched,
            ProcessMeter.Sample fleet) {
        LoadReport.Rates ratesSince(Reading before) {
            double seconds = (nanos - before.nanos) / NANOS_PER_SECOND;
            return new LoadReport.Rates(
                    (sent - before.sent) / seconds,
                    (acknowledged - before.acknowledged) / seconds,
                    (arrived - before.arrived) / seconds);
        }

        LoadReport.Resources resourcesSince(Reading before, long readyOctets) {
            double millions = Math.max(1, arrived - before.arrived) / MILLION;
            return new LoadReport.Resources(
                    (watched.cpuSeconds() - before.watched.cpuSeconds()) / millions,
                    readyOctets,
                    watched.residentOctets(),
                    fleet.cpuSeconds() - before.fleet.cpuSeconds());
        }
    }
}

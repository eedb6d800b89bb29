package io.causeway.simulator.report;

import io.causeway.simulator.scenario.Scenario;
import io.causeway.simulator.truth.Finding;
import io.causeway.simulator.truth.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run has shown.
 *
 * @param scenario        what was simulated
 * @param gateway         that was tried, as the user named it
 * @param broker          at which was verified, as the user named it; empty: nowhere
 * @param run             its name: client ids and topics begin with it
 * @param began           when
 * @param took            from the first CONNECT to the last goodbye
 * @param outcome         the verdict
 * @param ended           why the run ended early, in words; empty: it took its course
 * @param findings        promises that were broken, the first of them
 * @param groups          in the order of the scenario
 * @param samples         over time, oldest first, evenly spaced; see {@link TimeSeries}
 * @param acknowledgement latency of PUBACK or PUBCOMP over the whole run, from when the message was due
 * @param endToEnd        latency from first sent to arrived at the broker
 * @param commands        latency from sent to arrived at the sensor, sleep included
 * @param foreign         messages at the broker on the fleet's topics that were not of this run
 * @param cpuSeconds      of this process during the run
 */
public record FleetReport(
        Scenario scenario,
        String gateway,
        String broker,
        String run,
        Instant began,
        Duration took,
        Outcome outcome,
        String ended,
        List<Finding> findings,
        List<GroupReport> groups,
        List<Sample> samples,
        Distribution acknowledgement,
        Distribution endToEnd,
        Distribution commands,
        long foreign,
        double cpuSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    public FleetReport {
        findings = List.copyOf(findings);
        groups = List.copyOf(groups);
        samples = List.copyOf(samples);
    }

    /** What became of all messages to the broker. */
    Tally up() {
        return groups.stream().map(GroupReport::up).reduce(Tally.NOTHING, Tally::plus);
    }

    /** What became of all commands. */
    Tally down() {
        return groups.stream().map(GroupReport::down).reduce(Tally.NOTHING, Tally::plus);
    }

    /** CPU time by time: what the simulator took of the machine. */
    double cores() {
        return took.isZero() ? 0 : cpuSeconds * NANOS_PER_SECOND / took.toNanos();
    }

    boolean isVerified() {
        return !broker.isEmpty();
    }

    /** The verdict on the gateway. */
    public enum Outcome {
        /** All that was promised was kept. */
        KEPT,
        /** Something that was promised was not kept. */
        BROKEN,
        /** Nobody looked. */
        UNVERIFIED,
        /** The run could not take its course: no gateway, no broker, or one that went away for good. */
        ABORTED
    }
}

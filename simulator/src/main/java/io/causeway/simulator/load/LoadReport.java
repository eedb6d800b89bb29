package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.Percentiles;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param plan            what was asked for
 * @param setupSeconds    until every client was connected and had its topic registered
 * @param rates           of the measured time
 * @param acknowledgement latency of PUBACK or PUBCOMP in the measured time, from when the message was due
 * @param endToEnd        latency from first sent to arrived at the broker's subscriber, in the measured time
 * @param resources       what it took
 * @param counts          of the whole run
 */
public record LoadReport(
        LoadPlan plan,
        double setupSeconds,
        Rates rates,
        Percentiles acknowledgement,
        Percentiles endToEnd,
        Resources resources,
        Map<Count, Long> counts) {
    public LoadReport {
        counts = Map.copyOf(counts);
    }

    /**
     * Messages per second.
     *
     * @param sent         distinct ones
     * @param acknowledged of QoS 1 and 2
     * @param arrived      distinct ones at the broker's subscriber: the figure that counts
     */
    public record Rates(double sent, double acknowledged, double arrived) {}

    /**
     * CPU time and memory.
     *
     * @param cpuSecondsPerMillion of the watched processes, per million messages arrived
     * @param readyOctets          resident memory of the watched processes when all clients were connected
     * @param residentOctets       the same after the measured time
     * @param fleetCpuSeconds      of this process in the measured time
     */
    public record Resources(
            double cpuSecondsPerMillion, long readyOctets, long residentOctets, double fleetCpuSeconds) {}

    /** Whether the gateway has kept its word: at QoS 1 all that was acknowledged has arrived, at QoS 2 also only once. */
    public boolean isSound() {
        boolean isRepeated = plan.qos() == Qos.EXACTLY_ONCE && of(Count.DUPLICATES) > 0;
        return of(Count.MISSING) == 0 && !isRepeated;
    }

    long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }
}

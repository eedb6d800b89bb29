package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import io.causeway.simulator.report.Percentiles;
import io.causeway.simulator.report.Trouble;
import io.causeway.simulator.truth.Tally;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param plan            what was asked for
 * @param setupSeconds    until every client was connected
 * @param rates           of the measured time
 * @param acknowledgement latency of PUBACK or PUBCOMP from the warm-up on, from when the message was due
 * @param endToEnd        latency from first sent to arrived at the broker, from the warm-up on
 * @param resources       what it took
 * @param messages        what became of those of the whole run
 * @param foreign         messages on the topics of the run that nobody of it has sent
 * @param troubles        of clients in the whole run, how often; those that nobody had may be left out
 */
public record LoadReport(
        LoadPlan plan,
        double setupSeconds,
        Rates rates,
        Percentiles acknowledgement,
        Percentiles endToEnd,
        Resources resources,
        Tally messages,
        long foreign,
        Map<Trouble, Long> troubles) {
    public LoadReport {
        troubles = Map.copyOf(troubles);
    }

    /**
     * Messages per second.
     *
     * @param sent         distinct ones
     * @param acknowledged of QoS 1 and 2
     * @param arrived      distinct ones at the broker: the figure that counts
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
        boolean isRepeated = plan.qos() == Qos.EXACTLY_ONCE && messages.duplicates() > 0;
        return messages.missing() == 0 && messages.wrong() == 0 && !isRepeated;
    }
}

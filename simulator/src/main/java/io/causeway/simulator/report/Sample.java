package io.causeway.simulator.report;

import java.util.EnumMap;
import java.util.Map;

/**
 * The fleet at one moment, and what happened since the sample before.
 *
 * @param elapsedMillis   since the beginning of the run
 * @param phase           of the run
 * @param states          how many sensors are in each; states with nobody may be left out
 * @param sent            by sensors, since the sample before
 * @param acknowledged    by the gateway, since then
 * @param arrived         at the broker, since then; 0 without verification
 * @param commands        sent to sensors, since then
 * @param received        by sensors, since then
 * @param acknowledgement latency of what was acknowledged since then
 * @param endToEnd        latency of what arrived at the broker since then
 * @param troubles        that sensors had since then; those that nobody had may be left out
 * @param outstanding     promised and not arrived at this moment; 0 without verification
 */
public record Sample(
        long elapsedMillis,
        Phase phase,
        Map<SensorState, Integer> states,
        long sent,
        long acknowledged,
        long arrived,
        long commands,
        long received,
        Percentiles acknowledgement,
        Percentiles endToEnd,
        Map<Trouble, Long> troubles,
        long outstanding) {
    public Sample {
        EnumMap<SensorState, Integer> copyOfStates = new EnumMap<>(SensorState.class);
        copyOfStates.putAll(states);
        states = copyOfStates;
        EnumMap<Trouble, Long> copyOfTroubles = new EnumMap<>(Trouble.class);
        copyOfTroubles.putAll(troubles);
        troubles = copyOfTroubles;
    }

    /** This and the one after it as one: the fleet as it is then, and what happened in both spans together. */
    Sample merge(Sample next) {
        Map<Trouble, Long> sum = new EnumMap<>(troubles);
        next.troubles.forEach((trouble, times) -> sum.merge(trouble, times, Long::sum));
        return new Sample(
                next.elapsedMillis,
                next.phase,
                next.states,
                sent + next.sent,
                acknowledged + next.acknowledged,
                arrived + next.arrived,
                commands + next.commands,
                received + next.received,
                acknowledgement.worse(next.acknowledgement),
                endToEnd.worse(next.endToEnd),
                sum,
                next.outstanding);
    }

    /** Where a run stands. */
    public enum Phase {
        RAMP_UP,
        STEADY,
        DRAIN,
        RAMP_DOWN
    }
}

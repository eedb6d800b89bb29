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
        Percentiles endToEnd) {
    public Sample {
        EnumMap<SensorState, Integer> copy = new EnumMap<>(SensorState.class);
        copy.putAll(states);
        states = copy;
    }

    /** Where a run stands. */
    public enum Phase {
        RAMP_UP,
        STEADY,
        DRAIN,
        RAMP_DOWN
    }
}

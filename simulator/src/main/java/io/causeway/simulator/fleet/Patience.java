package io.causeway.simulator.fleet;

import io.causeway.simulator.report.SensorState;
import io.causeway.simulator.report.Trouble;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whether a run has any sense, or the gateway is not there. Owned by the thread of the run. */
final class Patience {
    /** With the system's word that nobody is there. */
    private static final long SHORT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long LONG_NANOS = Duration.ofSeconds(30).toNanos();

    /** A repetition takes less. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Meter meter;
    private final Fleet fleet;
    private final String gateway;
    private final long beganNanos;

    Patience(Meter meter, Fleet fleet, String gateway, long beganNanos) {
        this.meter = meter;
        this.fleet = fleet;
        this.gateway = gateway;
        this.beganNanos = beganNanos;
    }

    /** Why nobody can connect; empty if somebody could, or it is too early to say. */
    Optional<String> complaint(long nowNanos) {
        long elapsedNanos = nowNanos - beganNanos;
        if (meter.connected() > 0 || elapsedNanos < SHORT_NANOS) {
            return Optional.empty();
        }
        boolean hasHeardNothing = meter.heard() == 0 && times(Trouble.NONSENSE) == 0;
        if (hasHeardNothing && !meter.socketTrouble().isEmpty()) {
            return Optional.of("nobody is at " + gateway + ": " + meter.socketTrouble());
        }
        return elapsedNanos >= LONG_NANOS ? lastComplaint(nowNanos) : Optional.empty();
    }

    /** As {@link #complaint}, when there is no more time to wait for. */
    Optional<String> lastComplaint(long nowNanos) {
        boolean hasSessions =
                fleet.crews().stream().anyMatch(crew -> crew.group().beacon() == null);
        return hasSessions && meter.connected() == 0
                ? Optional.of(whatWasSeen(Duration.ofNanos(nowNanos - beganNanos)))
                : Optional.empty();
    }

    private String whatWasSeen(Duration waited) {
        if (times(Trouble.CONNECT_REFUSED) > 0) {
            return gateway + " refused every CONNECT";
        }
        if (times(Trouble.NONSENSE) > 0) {
            return "what " + gateway + " answers is no MQTT-SN";
        }
        return meter.heard() > 0
                ? gateway + " answers, but not to CONNECT"
                : "no answer from " + gateway + " within " + waited.toSeconds() + " s";
    }

    /**
     * Whether some ask in vain and nobody is served, although there have been connections. Sensors that idle or sleep
     * believe in theirs for long.
     */
    boolean isGone(long nowNanos) {
        Map<SensorState, Integer> states = fleet.states();
        boolean isAnybodyConnected = states.containsKey(SensorState.ACTIVE)
                || states.containsKey(SensorState.ASLEEP)
                || states.containsKey(SensorState.AWAKE);
        boolean isSilent = nowNanos - meter.heardNanos() >= SILENCE_NANOS;
        return meter.connected() > 0
                && (isSilent || !isAnybodyConnected)
                && fleet.sensors().stream().anyMatch(sensor -> sensor.isUnanswered(nowNanos));
    }

    private long times(Trouble trouble) {
        return fleet.crews().stream().mapToLong(crew -> crew.times(trouble)).sum();
    }
}

package io.causeway.simulator.report;

import io.causeway.simulator.report.Sample.Phase;
import io.causeway.simulator.scenario.Phases;
import java.time.Duration;

/** How far a run has come. What is left is what the scenario says at most: a drain may end early. Owned by one thread. */
final class Progress {
    private final Phases phases;

    private Phase phase = Phase.RAMP_UP;
    private Duration phaseBegan = Duration.ZERO;
    private Duration elapsed = Duration.ZERO;

    Progress(Phases phases) {
        this.phases = phases;
    }

    /** @return whether another phase has begun */
    boolean advance(Sample sample) {
        boolean isAnotherPhase = sample.phase() != phase;
        if (isAnotherPhase) {
            phase = sample.phase();
            phaseBegan = elapsed;
        }
        elapsed = Duration.ofMillis(sample.elapsedMillis());
        return isAnotherPhase;
    }

    Phase phase() {
        return phase;
    }

    Duration elapsed() {
        return elapsed;
    }

    Duration left() {
        Duration left = length(phase).minus(elapsed.minus(phaseBegan));
        if (left.isNegative()) {
            left = Duration.ZERO;
        }
        for (Phase later : Phase.values()) {
            if (later.compareTo(phase) > 0) {
                left = left.plus(length(later));
            }
        }
        return left;
    }

    /** 0 to 1. */
    double share() {
        double total = elapsed.plus(left()).toMillis();
        return total == 0 ? 0 : elapsed.toMillis() / total;
    }

    private Duration length(Phase of) {
        return switch (of) {
            case RAMP_UP -> phases.rampUp();
            case STEADY -> phases.steady();
            case DRAIN -> phases.drain();
            case RAMP_DOWN -> phases.rampDown();
        };
    }
}

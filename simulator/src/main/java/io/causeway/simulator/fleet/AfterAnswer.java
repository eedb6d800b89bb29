package io.causeway.simulator.fleet;

import io.causeway.simulator.scenario.Pace;

/** A pause after each answer: a closed loop. */
final class AfterAnswer implements Occasions {
    private final long pauseNanos;
    private long dueNanos;

    AfterAnswer(Pace.OnAcknowledgement pace, long nowNanos) {
        this.pauseNanos = pace.pause().toNanos();
        this.dueNanos = nowNanos;
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public long onTaken(long nowNanos) {
        return 0;
    }

    @Override
    public void onSettled(long nowNanos) {
        dueNanos = nowNanos + pauseNanos;
    }

    @Override
    public void restart(long nowNanos) {
        dueNanos = nowNanos;
    }
}

package io.causeway.simulator.fleet;

import io.causeway.simulator.report.SensorState;

/** One simulated device. Owned by the thread of the run. */
interface Sensor {
    SensorState state();

    /** Appears, and does from now on what it is there for. */
    void start(long nowNanos);

    /** Publishes nothing, until it is released; before its start. */
    void hold();

    /** After {@link #hold}: publishes from now on. */
    void release(long nowNanos);

    /** Begins nothing new; what is under way comes to its end. */
    void finish(long nowNanos);

    /** Whether nothing of its own is under way. */
    boolean isSettled();

    /** Sees to it that it gets soon what the gateway has for it. */
    void fetch(long nowNanos);

    /** Whether commands that it should have are not there. */
    boolean isMissingCommands();

    /** Whether the gateway leaves it without an answer or refuses it, and the network is not to blame. */
    boolean isUnanswered(long nowNanos);

    /**
     * The end of the run has come for its commands: those that it could not get are nobody's fault, unless the
     * gateway neglects it.
     *
     * @param finishedNanos when it was told to finish
     */
    void excuse(long finishedNanos, long nowNanos);

    /** Says goodbye. */
    void leave(long nowNanos);

    /** Whether its goodbye has been answered, or it has nobody to say it to. */
    boolean hasLeft();

    void close();
}

package io.causeway.simulator.fleet;

/** When a sensor has the next message of a kind. Owned by the thread of the run. */
interface Occasions {
    /** When the next one is due, which may have passed. While a message of the kind is under way it may be of no meaning. */
    long dueNanos();

    /**
     * The one that was due has been taken.
     *
     * @return how many have been left out after it, because the sensor does not keep as many
     */
    long onTaken(long nowNanos);

    /** The message has come to its end, well or not. */
    void onSettled(long nowNanos);

    /** Begins anew after a time without power, of which nothing is left. */
    void restart(long nowNanos);
}

package io.causeway.session;

import java.util.function.LongConsumer;

/** The way onto a shard's loop from any thread. */
@FunctionalInterface
public interface Mailbox {
    /**
     * Runs the work on the owner's loop, never inside this call, in the order posted by one thread.
     *
     * @param work gets the time in nanoseconds at which it runs
     */
    void post(LongConsumer work);

    /** Whether so much waits that what may be lost had better not be added. */
    default boolean isOverloaded() {
        return false;
    }
}

package io.causeway.timer;

/** Is told when a {@link Timer} is due. Called by the owner of the wheel, within {@link TimerWheel#advance}. */
@FunctionalInterface
public interface ExpiryListener {
    /**
     * The timer is disarmed already, and may be armed again from here, like any other timer of the same wheel.
     *
     * @param nowNanos the time the wheel was advanced to, never before the timer's deadline
     */
    void onExpiry(Timer timer, long nowNanos);
}

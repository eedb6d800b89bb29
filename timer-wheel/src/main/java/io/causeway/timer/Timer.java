package io.causeway.timer;

/**
 * A deadline that can be armed, moved and disarmed any number of times without allocating: it is itself the node of the
 * wheel's lists. Belongs to the owner of its wheel, and to no more than one wheel at a time.
 */
public final class Timer {
    private final ExpiryListener listener;

    private Timer next = this;
    private Timer previous = this;
    private long deadlineNanos;

    /** The deadline its place in the wheel was chosen by: never after {@link #deadlineNanos}. */
    private long filedNanos;

    /** A disarmed timer. */
    public Timer(ExpiryListener listener) {
        this.listener = listener;
    }

    public boolean isArmed() {
        return next != this;
    }

    /** The deadline it was last armed with, on the {@link System#nanoTime()} scale; of no meaning before that. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    void setDeadline(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    boolean isFiledAfter(long deadlineNanos) {
        return filedNanos - deadlineNanos > 0;
    }

    /** Puts an unlinked timer at the end of the list. */
    void linkInto(Timer head) {
        filedNanos = deadlineNanos;
        next = head;
        previous = head.previous;
        previous.next = this;
        head.previous = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
        next = this;
        previous = this;
    }

    /** The first of the list that this timer heads; itself, if the list is empty. */
    Timer first() {
        return next;
    }

    void expire(long nowNanos) {
        listener.onExpiry(this, nowNanos);
    }
}

package io.causeway.timer;

import java.time.Duration;

/**
 * A hierarchical timing wheel (G. Varghese, T. Lauck: "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme 7).
 *
 * <p>Time is counted in ticks since the start and read as a number of base 64. A timer is filed by the highest digit in
 * which its tick differs from the current one: that digit's position is the level, its value the slot. So all of a level
 * comes before all of the next, a slot of the lowest level is a single tick, and when time enters a slot of a higher
 * level, its timers are filed anew, further down. Every level keeps a bit per slot in use: a stretch of time without
 * timers is crossed in one step, however long.
 *
 * <p>Arming, moving and disarming take constant time and allocate nothing. A timer moved to a later deadline stays where
 * it is and is looked at again when its slot comes up, so the keep-alive deadline of a busy client costs one write per
 * packet.
 *
 * <p>Not thread-safe: the wheel and its timers belong to one event loop. Points in time are {@link System#nanoTime()}
 * values; all of them lie within 2<sup>63</sup> ns (292 years) after the start, or before it.
 */
public final class TimerWheel {
    private static final Duration SHORTEST_TICK = Duration.ofNanos(1_000);
    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;

    private final long startNanos;
    private final long tickNanos;

    /** List heads by level and slot. */
    private final Timer[][] slots;

    /** Bit n of a level is set if its slot n may hold timers; it can outlive the last of them. */
    private final long[] slotsInUse;

    /** Timers whose tick has come, in the order of their ticks. Empty, but for the time they are being told. */
    private final Timer due = newListHead();

    private long currentTick;
    private int size;

    /**
     * @param tick how late a timer may be, at least a microsecond
     * @throws IllegalArgumentException if the tick is shorter
     */
    public TimerWheel(Duration tick, long startNanos) {
        if (tick.compareTo(SHORTEST_TICK) < 0) {
            throw new IllegalArgumentException("a tick lasts at least " + SHORTEST_TICK + ", not " + tick);
        }
        this.startNanos = startNanos;
        this.tickNanos = tick.toNanos();
        int levels = levelOf(Long.MAX_VALUE / tickNanos + 1) + 1;
        this.slots = new Timer[levels][SLOTS];
        this.slotsInUse = new long[levels];
        for (Timer[] level : slots) {
            for (int slot = 0; slot < SLOTS; slot++) {
                level[slot] = newListHead();
            }
        }
    }

    /**
     * Arms the timer, or moves it if it is armed. It expires with the first {@link #advance} to a tick at or after the
     * deadline: never early, and at most one tick late. If the deadline has passed, it expires with the next tick.
     */
    public void arm(Timer timer, long deadlineNanos) {
        boolean wasArmed = timer.isArmed();
        timer.setDeadline(deadlineNanos);
        if (wasArmed && !timer.isFiledAfter(deadlineNanos)) {
            return;
        }
        if (wasArmed) {
            timer.unlink();
        } else {
            size++;
        }
        file(timer);
    }

    /** Does nothing if the timer is not armed. */
    public void disarm(Timer timer) {
        if (timer.isArmed()) {
            timer.unlink();
            size--;
        }
    }

    /**
     * Lets all timers expire that are due, in the order of the ticks of their deadlines. Listeners may arm and disarm
     * every timer of the wheel. A timer armed by a listener expires with a later tick than this, even if its deadline has
     * passed: so none expires twice in one call, and a call always ends.
     *
     * <p>What a listener throws goes through to the caller. The wheel stays sound: the timer that was told is disarmed,
     * and those after it expire with the next call.
     *
     * @param nowNanos a time before that of the last call makes nothing due
     * @return how many have expired
     */
    public int advance(long nowNanos) {
        collectDue((nowNanos - startNanos) / tickNanos);
        int expired = 0;
        for (Timer timer = due.first(); timer != due; timer = due.first()) {
            timer.unlink();
            if (tickOf(timer.deadlineNanos()) > currentTick) {
                file(timer); // moved by a listener that was told before it
                continue;
            }
            size--;
            expired++;
            timer.expire(nowNanos);
        }
        return expired;
    }

    /** The number of armed timers. */
    public int size() {
        return size;
    }

    /**
     * How long the owner may sleep: until the next tick that has anything to do, which is at or before the earliest
     * deadline's.
     *
     * @return 0 if that tick is now or was before; {@link Long#MAX_VALUE} if nothing is armed
     */
    public long nanosToNextTick(long nowNanos) {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        if (due.first() != due) {
            return 0;
        }
        return Math.max(0, startNanos + nextTickInUse() * tickNanos - nowNanos);
    }

    private void collectDue(long targetTick) {
        for (long tick = nextTickInUse(); tick <= targetTick; tick = nextTickInUse()) {
            enter(tick);
        }
        currentTick = Math.max(currentTick, targetTick);
    }

    /** Moves to the first tick of the next slot in use, and its timers to where they now belong. */
    private void enter(long tick) {
        int level = levelOf(tick ^ currentTick);
        int slot = digitOf(tick, level);
        currentTick = tick;
        slotsInUse[level] &= ~(1L << slot);
        Timer head = slots[level][slot];
        for (Timer timer = head.first(); timer != head; timer = head.first()) {
            timer.unlink();
            if (tickOf(timer.deadlineNanos()) <= tick) {
                timer.linkInto(due);
            } else {
                file(timer);
            }
        }
    }

    private void file(Timer timer) {
        long tick = Math.max(tickOf(timer.deadlineNanos()), currentTick + 1);
        int level = levelOf(tick ^ currentTick);
        int slot = digitOf(tick, level);
        slotsInUse[level] |= 1L << slot;
        timer.linkInto(slots[level][slot]);
    }

    /** The first tick of the earliest slot in use; {@link Long#MAX_VALUE} if there is none. */
    private long nextTickInUse() {
        for (int level = 0; level < slotsInUse.length; level++) {
            if (slotsInUse[level] != 0) {
                int slot = Long.numberOfTrailingZeros(slotsInUse[level]);
                int shift = level * DIGIT_BITS;
                long higherDigits = currentTick & -((long) SLOTS << shift);
                return higherDigits + ((long) slot << shift);
            }
        }
        return Long.MAX_VALUE;
    }

    /** The first tick that is not before the deadline. */
    private long tickOf(long deadlineNanos) {
        long nanosFromStart = deadlineNanos - startNanos;
        return nanosFromStart <= 0 ? 0 : (nanosFromStart - 1) / tickNanos + 1;
    }

    private static int levelOf(long difference) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / DIGIT_BITS;
    }

    private static int digitOf(long tick, int level) {
        return (int) (tick >>> (level * DIGIT_BITS)) & (SLOTS - 1);
    }

    private static Timer newListHead() {
        return new Timer((timer, nowNanos) -> {
            throw new IllegalStateException("a list head never expires");
        });
    }
}

package io.causeway.timer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TimerWheelTest {
    private static final long TICK = Duration.ofMillis(10).toNanos();
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final TimerWheel wheel = new TimerWheel(Duration.ofNanos(TICK), START);
    private final List<Timer> expired = new ArrayList<>();
    private final Timer timer = new Timer((due, nowNanos) -> expired.add(due));

    @Test
    void deadlineOnATick_expiresWithThatTickAndNotBefore() {
        wheel.arm(timer, START + 3 * TICK);

        assertThat(wheel.advance(START + 3 * TICK - 1)).isZero();
        assertThat(timer.isArmed()).isTrue();

        assertThat(wheel.advance(START + 3 * TICK)).isEqualTo(1);
        assertThat(expired).containsExactly(timer);
        assertThat(timer.isArmed()).isFalse();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void deadlineWithinATick_expiresWithTheNext() {
        wheel.arm(timer, START + 3 * TICK + 1);

        assertThat(wheel.advance(START + 4 * TICK - 1)).isZero();
        assertThat(wheel.advance(START + 4 * TICK)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 6, -1, Long.MAX_VALUE, Long.MAX_VALUE - 5, Long.MIN_VALUE, Long.MIN_VALUE + 1})
    void clockAtItsEdges_countsOn(long startNanos) {
        TimerWheel edgeWheel = new TimerWheel(Duration.ofNanos(TICK), startNanos);
        for (long aheadNanos = TICK; aheadNanos > 0; aheadNanos *= 2) {
            edgeWheel.arm(timer, startNanos + aheadNanos);

            assertThat(edgeWheel.advance(startNanos + aheadNanos - 1)).isZero();
            assertThat(edgeWheel.advance(startNanos + aheadNanos)).isEqualTo(1);
        }
    }

    @Test
    void finestTick_coversTheWholeScale() {
        TimerWheel fine = new TimerWheel(Duration.ofNanos(1_000), Long.MIN_VALUE);
        long farthestNanos = -1_000;
        fine.arm(timer, farthestNanos);

        assertThat(fine.advance(farthestNanos - 1_000)).isZero();
        assertThat(fine.advance(farthestNanos + 999)).isEqualTo(1);
    }

    @Test
    void tickShorterThanAMicrosecond_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TimerWheel(Duration.ofNanos(999), START));
        assertThatIllegalArgumentException().isThrownBy(() -> new TimerWheel(Duration.ofNanos(-1), START));
    }

    @Test
    void deadlinePassed_expiresWithTheNextTick() {
        wheel.advance(START + 7 * TICK);
        wheel.arm(timer, START - HOUR);

        assertThat(wheel.advance(START + 8 * TICK - 1)).isZero();
        assertThat(wheel.advance(START + 8 * TICK)).isEqualTo(1);
    }

    @Test
    void movedLater_expiresAtTheLaterDeadlineOnly() {
        wheel.arm(timer, START + 2 * TICK);
        wheel.arm(timer, START + HOUR);

        assertThat(wheel.size()).isEqualTo(1);
        assertThat(wheel.advance(START + HOUR - TICK)).isZero();
        assertThat(wheel.advance(START + HOUR)).isEqualTo(1);
    }

    @Test
    void movedEarlier_expiresAtTheEarlierDeadlineOnly() {
        wheel.arm(timer, START + HOUR);
        wheel.arm(timer, START + 2 * TICK);

        assertThat(wheel.size()).isEqualTo(1);
        assertThat(wheel.advance(START + 2 * TICK)).isEqualTo(1);
        assertThat(wheel.advance(START + 2 * HOUR)).isZero();
    }

    @Test
    void movedLaterAndBackAgain_expiresAtTheLastDeadline() {
        wheel.arm(timer, START + 100 * TICK);
        wheel.arm(timer, START + 10_000 * TICK);
        wheel.arm(timer, START + 150 * TICK);

        assertThat(timer.deadlineNanos()).isEqualTo(START + 150 * TICK);
        assertThat(wheel.advance(START + 149 * TICK)).isZero();
        assertThat(wheel.advance(START + 150 * TICK)).isEqualTo(1);
    }

    @Test
    void disarmed_neverExpires() {
        wheel.arm(timer, START + TICK);
        wheel.disarm(timer);
        wheel.disarm(timer);

        assertThat(timer.isArmed()).isFalse();
        assertThat(wheel.size()).isZero();
        assertThat(wheel.advance(START + HOUR)).isZero();
    }

    @Test
    void severalDue_expireInTheOrderOfTheirTicks() {
        Timer first = new Timer((due, nowNanos) -> expired.add(due));
        Timer last = new Timer((due, nowNanos) -> expired.add(due));
        wheel.arm(last, START + 5_000 * TICK);
        wheel.arm(timer, START + 70 * TICK);
        wheel.arm(first, START + 3 * TICK);

        wheel.advance(START + HOUR);

        assertThat(expired).containsExactly(first, timer, last);
    }

    @Test
    void timeRunsBackwards_nothingIsDue() {
        wheel.advance(START + 10 * TICK);
        wheel.arm(timer, START + 11 * TICK);

        assertThat(wheel.advance(START + 9 * TICK)).isZero();
        assertThat(wheel.advance(START + 11 * TICK)).isEqualTo(1);
    }

    @Test
    void rearmedByItsListener_expiresOncePerCall() {
        Timer periodic = new Timer((due, nowNanos) -> {
            expired.add(due);
            wheel.arm(due, due.deadlineNanos() + TICK);
        });
        wheel.arm(periodic, START + TICK);

        assertThat(wheel.advance(START + 50 * TICK)).isEqualTo(1);
        assertThat(wheel.advance(START + 50 * TICK)).isZero();
        assertThat(wheel.advance(START + 51 * TICK)).isEqualTo(1);
        assertThat(wheel.size()).isEqualTo(1);
    }

    @Test
    void listenerDisarmsOneThatIsDueToo_thatOneStaysSilent() {
        Timer killer = new Timer((due, nowNanos) -> wheel.disarm(timer));
        wheel.arm(killer, START + TICK);
        wheel.arm(timer, START + 2 * TICK);

        assertThat(wheel.advance(START + 2 * TICK)).isEqualTo(1);
        assertThat(expired).isEmpty();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void listenerMovesOneThatIsDueToo_thatOneExpiresLater() {
        Timer mover = new Timer((due, nowNanos) -> wheel.arm(timer, nowNanos + HOUR));
        wheel.arm(mover, START + TICK);
        wheel.arm(timer, START + 2 * TICK);

        assertThat(wheel.advance(START + 2 * TICK)).isEqualTo(1);
        assertThat(timer.isArmed()).isTrue();
        assertThat(wheel.advance(START + 2 * TICK + HOUR)).isEqualTo(1);
        assertThat(expired).containsExactly(timer);
    }

    @Test
    void listenerThrows_theOthersExpireWithTheNextCall() {
        Timer failing = new Timer((due, nowNanos) -> {
            throw new IllegalStateException("a bug");
        });
        wheel.arm(failing, START + TICK);
        wheel.arm(timer, START + TICK);

        assertThatIllegalStateException().isThrownBy(() -> wheel.advance(START + TICK));
        assertThat(failing.isArmed()).isFalse();
        assertThat(wheel.size()).isEqualTo(1);
        assertThat(wheel.nanosToNextTick(START + TICK)).isZero();

        assertThat(wheel.advance(START + TICK)).isEqualTo(1);
        assertThat(expired).containsExactly(timer);
    }

    @Test
    void nothingArmed_theOwnerMaySleepForEver() {
        assertThat(wheel.nanosToNextTick(START)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nearDeadline_theOwnerMaySleepUntilItsTick() {
        wheel.arm(timer, START + 3 * TICK - 1);

        assertThat(wheel.nanosToNextTick(START)).isEqualTo(3 * TICK);
        assertThat(wheel.nanosToNextTick(START + TICK + 4)).isEqualTo(2 * TICK - 4);
        assertThat(wheel.nanosToNextTick(START + 3 * TICK)).isZero();
        assertThat(wheel.nanosToNextTick(START + HOUR)).isZero();
    }

    @Test
    void farDeadline_isReachedInAFewSleeps() {
        long deadlineNanos = START + 1000 * HOUR;
        wheel.arm(timer, deadlineNanos);
        long nowNanos = START;
        int sleeps = 0;
        while (timer.isArmed()) {
            nowNanos += wheel.nanosToNextTick(nowNanos);
            wheel.advance(nowNanos);
            sleeps++;
        }

        assertThat(nowNanos).isEqualTo(deadlineNanos);
        assertThat(sleeps).isLessThan(10);
    }

    @Test
    void aMillionTimers_eachExpiresInItsTick() {
        SplittableRandom random = new SplittableRandom(1);
        List<Timer> early = new ArrayList<>();
        Timer[] timers = new Timer[1_000_000];
        for (int i = 0; i < timers.length; i++) {
            timers[i] = new Timer((due, nowNanos) -> {
                long lateNanos = nowNanos - due.deadlineNanos();
                if (lateNanos < 0 || lateNanos >= TICK) {
                    early.add(due);
                }
            });
            wheel.arm(timers[i], START + 1 + random.nextLong(HOUR));
        }
        assertThat(wheel.size()).isEqualTo(timers.length);

        int expiredOnTime = 0;
        for (long tick = 1; tick * TICK <= HOUR; tick++) {
            expiredOnTime += wheel.advance(START + tick * TICK);
        }

        assertThat(expiredOnTime).isEqualTo(timers.length);
        assertThat(early).isEmpty();
        assertThat(wheel.size()).isZero();
    }
}

package io.causeway.timer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Random operations on the wheel and on a sorted map, which must agree after each of them. */
class TimerWheelModelTest {
    private static final int TIMERS = 60;
    private static final int OPERATIONS = 3_000;
    private static final long TICK = 1_000;

    private final List<Integer> expired = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    /** What the wheel should hold: the timers by the tick in which they expire. */
    private final TreeMap<Long, TreeSet<Integer>> timersByTick = new TreeMap<>();

    private final Map<Integer, Long> tickByTimer = new HashMap<>();

    static List<Long> seeds() {
        return new SplittableRandom(42).longs(50).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomOperations_agreeWithASortedMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long startNanos = Long.MAX_VALUE - random.nextLong(1L << 40);
        TimerWheel wheel = new TimerWheel(Duration.ofNanos(TICK), startNanos);
        for (int i = 0; i < TIMERS; i++) {
            int id = i;
            timers.add(new Timer((due, nowNanos) -> expired.add(id)));
        }
        long elapsedNanos = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            int id = random.nextInt(TIMERS);
            int choice = random.nextInt(10);
            if (choice < 6) {
                long deadlineNanos = elapsedNanos + spread(random) - 2 * TICK;
                wheel.arm(timers.get(id), startNanos + deadlineNanos);
                armInModel(id, Math.max(-Math.floorDiv(-deadlineNanos, TICK), elapsedNanos / TICK + 1));
            } else if (choice < 7) {
                wheel.disarm(timers.get(id));
                disarmInModel(id);
            } else {
                elapsedNanos += spread(random);
                wheel.advance(startNanos + elapsedNanos);
                assertSameExpired(elapsedNanos / TICK);
            }
            assertThat(wheel.size()).isEqualTo(tickByTimer.size());
            assertThat(timers.get(id).isArmed()).isEqualTo(tickByTimer.containsKey(id));
        }
    }

    /** Mostly small, at times up to years, so that all levels and both kinds of moving are met. */
    private static long spread(SplittableRandom random) {
        return random.nextLong(1L << random.nextInt(1, 46));
    }

    private void armInModel(int id, long tick) {
        disarmInModel(id);
        tickByTimer.put(id, tick);
        timersByTick.computeIfAbsent(tick, unused -> new TreeSet<>()).add(id);
    }

    private void disarmInModel(int id) {
        Long tick = tickByTimer.remove(id);
        if (tick != null) {
            timersByTick.getOrDefault(tick, new TreeSet<>()).remove(id);
        }
    }

    /** Within a tick the order is open. */
    private void assertSameExpired(long targetTick) {
        Map<Long, TreeSet<Integer>> dueByTick = timersByTick.headMap(targetTick, true);
        int from = 0;
        for (TreeSet<Integer> due : dueByTick.values()) {
            assertThat(new TreeSet<>(expired.subList(from, from + due.size()))).isEqualTo(due);
            from += due.size();
        }
        assertThat(expired).hasSize(from);
        expired.forEach(tickByTimer::remove);
        expired.clear();
        dueByTick.clear();
    }
}

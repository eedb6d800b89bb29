package io.causeway.invariants;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At QoS 1 every message that was acknowledged to its publisher arrives, at QoS 2 exactly once, the messages of each
 * publisher and topic in their order, or where the disk may be full those of the same QoS; who is told that it has
 * subscribed gets the retained messages that stood; and nothing gets stuck.
 *
 * <p>Some hundreds of runs, and a thousand with crashes; {@code -Dlong=true} makes 20,000 of each, {@code -Dseed=N} only
 * one, and tells its story if it fails.
 */
class DeliveryInvariantsTest {
    private static final int RUNS = 300;
    private static final int RUNS_WITH_CRASHES = 1_000;
    private static final int LONG_RUNS = 20_000;
    private static final int JOURNAL_LINES = 20_000;

    @Test
    void whateverHappens_promisesAreKept() {
        run(RUNS, false);
    }

    @Test
    void wheneverTheGatewayCrashes_promisesAreKept() {
        run(RUNS_WITH_CRASHES, true);
    }

    private static void run(int usualRuns, boolean crashes) {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only, new Journal(JOURNAL_LINES), crashes);
            return;
        }
        int runs = Boolean.getBoolean("long") ? LONG_RUNS : usualRuns;
        for (long seed = 0; seed < runs; seed++) {
            run(seed, new Journal(0), crashes);
        }
    }

    private static void run(long seed, Journal journal, boolean crashes) {
        try {
            World world = new World(seed, journal, crashes);
            world.run();
            List<String> faults = new Verdict(world).faults();
            assertThat(faults).isEmpty();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(
                    "seed " + seed + (crashes ? " with crashes" : "") + ", to repeat it: mvn test -pl gateway-core -am"
                            + " -Dtest=DeliveryInvariantsTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed
                            + "\n" + journal,
                    broken);
        }
    }
}

package io.causeway.invariants;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At QoS 1 every message that was acknowledged to its publisher arrives, at QoS 2 exactly once, the messages of each
 * publisher and topic in their order; and nothing gets stuck.
 *
 * <p>Some hundreds of runs; {@code -Dlong=true} makes 10,000 of them, {@code -Dseed=N} only one, and tells its story
 * if it fails.
 */
class DeliveryInvariantsTest {
    private static final int RUNS = 300;
    private static final int LONG_RUNS = 10_000;
    private static final int JOURNAL_LINES = 20_000;

    @Test
    void whateverHappens_promisesAreKept() {
        Long only = Long.getLong("seed");
        if (only != null) {
            run(only, new Journal(JOURNAL_LINES));
            return;
        }
        int runs = Boolean.getBoolean("long") ? LONG_RUNS : RUNS;
        for (long seed = 0; seed < runs; seed++) {
            run(seed, new Journal(0));
        }
    }

    private static void run(long seed, Journal journal) {
        try {
            World world = new World(seed, journal);
            world.run();
            List<String> faults = new Verdict(world).faults();
            assertThat(faults).isEmpty();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(
                    "seed " + seed + ", to repeat it: mvn test -pl gateway-core -am -Dtest=DeliveryInvariantsTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed + "\n" + journal,
                    broken);
        }
    }
}

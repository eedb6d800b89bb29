package io.causeway.bridge;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KeyCountsTest {
    private final KeyCounts counts = new KeyCounts();

    @Test
    void counted_isThereUntilItIsCountedBackAsOften() {
        counts.increment(7);
        counts.increment(7);
        counts.decrement(7);
        assertThat(counts.contains(7)).isTrue();
        assertThat(counts.contains(0)).isFalse();

        counts.decrement(7);
        assertThat(counts.contains(7)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> counts.decrement(7));
    }

    @Test
    void manyThatCollide_areToldApartAsByAMap() {
        Map<Integer, Integer> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int step = 0; step < 200_000; step++) {
            int key = random.nextInt(step < 100_000 ? 5_000 : 50) << (step % 3 == 0 ? 20 : 0);
            if (random.nextBoolean() && model.containsKey(key)) {
                counts.decrement(key);
                model.computeIfPresent(key, (unused, count) -> count == 1 ? null : count - 1);
            } else if (step < 150_000) {
                counts.increment(key);
                model.merge(key, 1, Integer::sum);
            }
            int other = random.nextInt(5_000);
            assertThat(counts.contains(other)).isEqualTo(model.containsKey(other));
        }
    }
}

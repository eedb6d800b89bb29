package io.causeway.simulator.verify;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DisjointFiltersTest {
    @Test
    void filtersThatShareNoTopic_stay() {
        assertThat(DisjointFilters.covering(List.of("a/+/x", "a/+/y", "a/+", "b/1/x")))
                .containsExactlyInAnyOrder("a/+/x", "a/+/y", "a/+", "b/1/x");
    }

    @Test
    void filterGivenTwice_standsOnce() {
        assertThat(DisjointFilters.covering(List.of("a/+", "a/+"))).containsExactly("a/+");
    }

    @Test
    void filterInAWiderOne_goes() {
        assertThat(DisjointFilters.covering(List.of("a/1", "a/+", "a/2"))).containsExactly("a/+");
    }

    @Test
    void filtersThatCross_areUnited() {
        assertThat(DisjointFilters.covering(List.of("a/+/x", "a/1/+"))).containsExactly("a/+/+");
    }

    @Test
    void unionThatCrossesAThird_takesItIn() {
        assertThat(DisjointFilters.covering(List.of("a/2/y", "a/+/x", "b/+/x", "a/1/+")))
                .containsExactlyInAnyOrder("a/+/+", "b/+/x");
    }
}

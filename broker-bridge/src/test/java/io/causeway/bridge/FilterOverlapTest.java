package io.causeway.bridge;

import io.causeway.routing.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FilterOverlapTest {
    @ParameterizedTest
    @CsvSource({
        "a/+, +/b, true",
        "a/+, b/+, false",
        "a/#, a, true",
        "a/#, +, true",
        "a/+, a, false",
        "a/+/c, a/b/#, true",
        "a/+/c, a/#, true",
        "+/+, +, false",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/+, true",
        "/+, +/a, true"
    })
    void filters_meetWhereATopicMatchesBoth(String one, String other, boolean meet) {
        assertThat(FilterOverlap.meet(new TopicFilter(one), new TopicFilter(other)))
                .isEqualTo(meet);
        assertThat(FilterOverlap.meet(new TopicFilter(other), new TopicFilter(one)))
                .isEqualTo(meet);
    }

    /** Short names of few letters: what two filters have in common is found among all of them. */
    @Test
    void anyTwoFilters_meetAsTryingAllTopicsSays() {
        List<String> topics = words(List.of("a", "b"), 4);
        List<String> filters = words(List.of("a", "+"), 3);
        filters.addAll(filters.stream().map(filter -> filter + "/#").toList());
        filters.add("#");
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            TopicFilter one = new TopicFilter(filters.get(random.nextInt(filters.size())));
            TopicFilter other = new TopicFilter(filters.get(random.nextInt(filters.size())));
            boolean common = topics.stream().anyMatch(topic -> one.matches(topic) && other.matches(topic));
            assertThat(FilterOverlap.meet(one, other))
                    .as("%s and %s", one, other)
                    .isEqualTo(common);
        }
    }

    private static List<String> words(List<String> letters, int levels) {
        List<String> words = new ArrayList<>(letters);
        List<String> longest = words;
        for (int level = 1; level < levels; level++) {
            longest = longest.stream()
                    .flatMap(word -> letters.stream().map(letter -> word + "/" + letter))
                    .toList();
            words.addAll(longest);
        }
        return words;
    }
}

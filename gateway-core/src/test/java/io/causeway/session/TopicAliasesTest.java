package io.causeway.session;

import io.causeway.session.TopicAliases.Alias;
import io.causeway.store.StoredAlias;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TopicAliasesTest {
    private static final int LAST = 0xFFFE;

    /** As the store has them, by their value; each as it was told of last. */
    private final Map<Integer, StoredAlias> stored = new TreeMap<>();

    @Test
    void topics_getOneAliasEachFromTheFirstOn() {
        TopicAliases aliases = new TopicAliases(100, 1, this::changed);

        assertThat(valueOf(aliases, "a")).isEqualTo(1);
        assertThat(valueOf(aliases, "b")).isEqualTo(2);
        assertThat(valueOf(aliases, "a")).isEqualTo(1);
        assertThat(aliases.size()).isEqualTo(2);
        assertThat(aliases.nextAlias()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, LAST - 3, LAST})
    void everyAlias_standsForItsTopicAndNoOtherValueForAnything(int first) {
        TopicAliases aliases = new TopicAliases(20, first, this::changed);
        int[] values =
                IntStream.range(0, 20).map(i -> valueOf(aliases, "t/" + i)).toArray();

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isBetween(1, LAST);
            assertThat(topicOf(aliases, values[i])).isEqualTo("t/" + i);
        }
        long known = IntStream.rangeClosed(0, 0xFFFF)
                .filter(value -> aliases.byValue(value) != null)
                .count();
        assertThat(known).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 0xFFFF, 0x1_0000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void valuesThatAreNoAlias_standForNothing(int value) {
        TopicAliases aliases = new TopicAliases(LAST, LAST, this::changed);
        valueOf(aliases, "a");
        valueOf(aliases, "b");

        assertThat(aliases.byValue(value)).isNull();
    }

    @Test
    void allAliases_canBeGivenAndNotOneMore() {
        TopicAliases aliases = new TopicAliases(LAST, 30_000, this::changed);
        for (int i = 0; i < LAST; i++) {
            valueOf(aliases, "t/" + i);
        }

        assertThat(aliases.assign("one more")).isEmpty();
        assertThat(valueOf(aliases, "t/0")).isEqualTo(30_000);
        assertThat(topicOf(aliases, 29_999)).isEqualTo("t/" + (LAST - 1));
    }

    @ParameterizedTest
    @CsvSource({"1,0,1", "1,1,2", "65534,1,1", "65533,3,2", "1,65534,1"})
    void aliasFurtherOn_followsTheLastWithTheFirst(int alias, int count, int further) {
        assertThat(TopicAliases.after(alias, count)).isEqualTo(further);
    }

    @Test
    void full_keepsKnownTopicsAndTakesNoMore() {
        TopicAliases aliases = new TopicAliases(1, 1, this::changed);
        valueOf(aliases, "a");

        assertThat(aliases.assign("b")).isEmpty();
        assertThat(valueOf(aliases, "a")).isEqualTo(1);
    }

    @Test
    void newConnection_forgetsWhatTheClientKnowsAndRejected() {
        TopicAliases aliases = new TopicAliases(10, 1, this::changed);
        Alias alias = aliases.tell("a").orElseThrow();
        alias.suppressed = true;

        aliases.forgetWhatClientKnows();

        assertThat(alias.isKnown()).isFalse();
        assertThat(alias.suppressed).isFalse();
    }

    @Test
    void subscribe_liftsSuppressionOnly() {
        TopicAliases aliases = new TopicAliases(10, 1, this::changed);
        Alias alias = aliases.tell("a").orElseThrow();
        alias.suppressed = true;

        aliases.liftSuppression();

        assertThat(alias.isKnown()).isTrue();
        assertThat(alias.suppressed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, LAST - 3})
    void restored_goOnWhereTheyWere(int first) {
        TopicAliases before = new TopicAliases(20, first, this::changed);
        for (int i = 0; i < 12; i++) {
            before.tell("t/" + i);
        }
        before.assign("unknown");

        Map<Integer, StoredAlias> kept = Map.copyOf(stored);
        TopicAliases after = TopicAliases.restored(20, List.copyOf(stored.values()), 0, this::changed);

        assertThat(stored).as("nothing has changed").isEqualTo(kept);
        for (StoredAlias each : kept.values()) {
            assertThat(after.byValue(each.value())).isNotNull().satisfies(alias -> {
                assertThat(alias.toStored()).isEqualTo(each);
            });
        }
        assertThat(after.nextAlias()).isEqualTo(before.nextAlias());
        assertThat(valueOf(after, "new")).isEqualTo(valueOf(before, "new"));
    }

    @Test
    void restoredUnderALowerBound_areAllKept() {
        TopicAliases before = new TopicAliases(20, 1, this::changed);
        IntStream.range(0, 20).forEach(i -> valueOf(before, "t/" + i));

        TopicAliases after = TopicAliases.restored(5, List.copyOf(stored.values()), 0, this::changed);

        assertThat(topicOf(after, 20)).isEqualTo("t/19");
        assertThat(after.assign("one more")).isEmpty();
    }

    @Test
    void restoredFromNothing_beginAtTheFirst() {
        assertThat(valueOf(TopicAliases.restored(5, List.of(), 0, this::changed), "a"))
                .isEqualTo(1);
    }

    @Test
    void store_isToldOfWhatIsNewAndOfWhatTheClientKnowsOrDoesNot() {
        TopicAliases aliases = new TopicAliases(10, 1, this::changed);
        aliases.assign("a");
        assertThat(stored).containsValue(new StoredAlias(1, "a", false));
        aliases.tell("a");
        assertThat(stored).containsValue(new StoredAlias(1, "a", true));

        stored.clear();
        aliases.tell("a");
        aliases.assign("a");
        assertThat(stored).isEmpty();
        aliases.forgetWhatClientKnows();
        assertThat(stored).containsValue(new StoredAlias(1, "a", false));
    }

    @Test
    void restoredWithGaps_whatIsMissingStandsForNothingAndIsGivenToNoOther() {
        List<StoredAlias> gaps =
                List.of(new StoredAlias(1, "a", true), new StoredAlias(3, "c", true), new StoredAlias(9, "i", true));

        TopicAliases aliases = TopicAliases.restored(20, gaps, 6, this::changed);

        assertThat(topicOf(aliases, 3)).isEqualTo("c");
        assertThat(aliases.byValue(2)).isNull();
        assertThat(aliases.byValue(8)).isNull();
        assertThat(valueOf(aliases, "b")).isEqualTo(10);
        aliases.forgetWhatClientKnows();
        assertThat(stored).containsOnlyKeys(1, 3, 9, 10);
    }

    @Test
    void restoredWithAGapAroundTheEnd_goOnBehindTheLast() {
        List<StoredAlias> gaps = List.of(
                new StoredAlias(2, "c", true), new StoredAlias(65_532, "a", true), new StoredAlias(65_534, "b", true));

        TopicAliases aliases = TopicAliases.restored(20, gaps, 2, this::changed);

        assertThat(aliases.byValue(1)).isNull();
        assertThat(aliases.byValue(65_533)).isNull();
        assertThat(topicOf(aliases, 65_534)).isEqualTo("b");
        assertThat(valueOf(aliases, "d")).isEqualTo(3);
    }

    @Test
    void restoredWithoutTheLast_thoseAreGivenToNoOther() {
        TopicAliases aliases = TopicAliases.restored(20, List.of(new StoredAlias(1, "a", true)), 2, this::changed);

        assertThat(valueOf(aliases, "new")).isEqualTo(4);
    }

    @Test
    void restoredWithAnAliasTwice_isABug() {
        List<StoredAlias> twice = List.of(new StoredAlias(1, "a", true), new StoredAlias(1, "b", true));

        assertThatIllegalStateException().isThrownBy(() -> TopicAliases.restored(5, twice, 0, this::changed));
    }

    private void changed(Alias alias) {
        stored.put(alias.value, alias.toStored());
    }

    private static int valueOf(TopicAliases aliases, String topic) {
        return aliases.assign(topic).orElseThrow().value;
    }

    private static String topicOf(TopicAliases aliases, int value) {
        return Objects.requireNonNull(aliases.byValue(value)).topic;
    }
}

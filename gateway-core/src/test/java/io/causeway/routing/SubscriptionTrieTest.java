package io.causeway.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionTrieTest {
    private static final String[] LEVELS = {"", "a", "b", "$s", "+"};
    private static final String[] SUBSCRIBERS = {"s1", "s2", "s3"};
    private static final Qos[] LEVELS_OF_QOS = Qos.values();

    private final SubscriptionTrie<String, Match> trie = new SubscriptionTrie<>();

    @Test
    void newSubscription_hadNoQosBefore() {
        assertThat(trie.put(filter("a/b"), "s", new Match("s", Qos.AT_LEAST_ONCE)))
                .isEmpty();
    }

    @Test
    void repeatedSubscription_replacesTheQosAndTellsTheFormerOne() {
        trie.put(filter("a/b"), "s", new Match("s", Qos.AT_LEAST_ONCE));

        assertThat(trie.put(filter("a/b"), "s", new Match("s", Qos.EXACTLY_ONCE)))
                .contains(new Match("s", Qos.AT_LEAST_ONCE));
        assertThat(matches("a/b")).containsExactly(new Match("s", Qos.EXACTLY_ONCE));
    }

    @Test
    void removingWhatIsNotThere_tellsSo() {
        trie.put(filter("a/b"), "s", new Match("s", Qos.AT_LEAST_ONCE));

        assertThat(trie.remove(filter("a/b"), "other")).isFalse();
        assertThat(trie.remove(filter("a"), "s")).isFalse();
        assertThat(trie.remove(filter("a/b/c"), "s")).isFalse();
        assertThat(trie.remove(filter("a/b"), "s")).isTrue();
        assertThat(trie.remove(filter("a/b"), "s")).isFalse();
    }

    @Test
    void removedBranch_leavesThoseAboveAndBelow() {
        trie.put(filter("a"), "above", new Match("above", Qos.AT_LEAST_ONCE));
        trie.put(filter("a/b"), "between", new Match("between", Qos.AT_LEAST_ONCE));
        trie.put(filter("a/b/c"), "below", new Match("below", Qos.AT_LEAST_ONCE));

        trie.remove(filter("a/b"), "between");

        assertThat(matches("a")).hasSize(1);
        assertThat(matches("a/b")).isEmpty();
        assertThat(matches("a/b/c")).hasSize(1);
    }

    @Test
    void subscriberWithSeveralMatchingFilters_isSeenOnceForEach() {
        trie.put(filter("a/b"), "s", new Match("s", Qos.AT_MOST_ONCE));
        trie.put(filter("a/+"), "s", new Match("s", Qos.AT_LEAST_ONCE));
        trie.put(filter("#"), "s", new Match("s", Qos.EXACTLY_ONCE));

        assertThat(matches("a/b")).extracting(Match::qos).containsExactlyInAnyOrder(LEVELS_OF_QOS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomOperations_matchAsAListOfAllSubscriptionsDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Key, Qos> model = new HashMap<>();
        for (int i = 0; i < 800; i++) {
            Key key = new Key(randomFilter(random), pick(SUBSCRIBERS, random));
            if (random.nextInt(5) < 3) {
                Qos qos = pick(LEVELS_OF_QOS, random);
                assertThat(trie.put(key.filter(), key.subscriber(), new Match(key.subscriber(), qos)))
                        .isEqualTo(Optional.ofNullable(model.put(key, qos))
                                .map(former -> new Match(key.subscriber(), former)));
            } else {
                assertThat(trie.remove(key.filter(), key.subscriber())).isEqualTo(model.remove(key) != null);
            }
            String topic = randomTopic(random);
            assertThat(matches(topic))
                    .as("%s after %s", topic, i)
                    .containsExactlyInAnyOrderElementsOf(expected(model, topic));
        }
    }

    /** While some come and go in the same branches, those that stay are always seen. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void writersOnOtherThreads_hideNoSubscriptionThatStays(long seed) throws Exception {
        int writers = 3;
        int changes = 4_000;
        CyclicBarrier start = new CyclicBarrier(writers + 1);
        Map<Key, Qos> staying = new HashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10; i++) {
            Key key = new Key(randomFilter(random), "stays");
            staying.put(key, Qos.AT_LEAST_ONCE);
            trie.put(key.filter(), key.subscriber(), new Match(key.subscriber(), Qos.AT_LEAST_ONCE));
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Map<Key, Qos>>> outcomes = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String subscriber = "writer" + writer;
                SplittableRandom own = random.split();
                outcomes.add(threads.submit(churn(subscriber, own, changes, start)));
            }
            start.await(10, TimeUnit.SECONDS);
            while (!outcomes.stream().allMatch(Future::isDone)) {
                String topic = randomTopic(random);
                assertThat(matches(topic)).containsAll(expected(staying, topic));
            }
            Map<Key, Qos> everything = new HashMap<>(staying);
            for (Future<Map<Key, Qos>> outcome : outcomes) {
                everything.putAll(outcome.get(10, TimeUnit.SECONDS));
            }
            for (int i = 0; i < 200; i++) {
                String topic = randomTopic(random);
                assertThat(matches(topic)).containsExactlyInAnyOrderElementsOf(expected(everything, topic));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns what is left in the end. */
    private Callable<Map<Key, Qos>> churn(
            String subscriber, SplittableRandom random, int changes, CyclicBarrier start) {
        return () -> {
            start.await(10, TimeUnit.SECONDS);
            Map<Key, Qos> own = new HashMap<>();
            for (int i = 0; i < changes; i++) {
                Key key = new Key(randomFilter(random), subscriber);
                if (own.remove(key) != null) {
                    trie.remove(key.filter(), subscriber);
                } else {
                    own.put(key, Qos.AT_MOST_ONCE);
                    trie.put(key.filter(), subscriber, new Match(subscriber, Qos.AT_MOST_ONCE));
                }
            }
            return own;
        };
    }

    private record Key(TopicFilter filter, String subscriber) {}

    private record Match(String subscriber, Qos qos) {}

    private List<Match> matches(String topic) {
        List<Match> found = new ArrayList<>();
        trie.match(topic, found::add);
        return found;
    }

    private static List<Match> expected(Map<Key, Qos> model, String topic) {
        return model.entrySet().stream()
                .filter(each -> TopicModel.matches(each.getKey().filter().value(), topic))
                .map(each -> new Match(each.getKey().subscriber(), each.getValue()))
                .toList();
    }

    private static TopicFilter randomFilter(SplittableRandom random) {
        while (true) {
            String text = randomLevels(random, LEVELS) + (random.nextInt(4) == 0 ? "/#" : "");
            var parsed = TopicFilter.parse(random.nextInt(20) == 0 ? "#" : text);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
    }

    private static String randomTopic(SplittableRandom random) {
        while (true) {
            String text = randomLevels(random, LEVELS);
            if (TopicName.isValid(text)) {
                return text;
            }
        }
    }

    private static String randomLevels(SplittableRandom random, String[] levels) {
        StringBuilder text = new StringBuilder(pick(levels, random));
        for (int more = random.nextInt(4); more > 0; more--) {
            text.append('/').append(pick(levels, random));
        }
        return text.toString();
    }

    private static TopicFilter filter(String value) {
        return new TopicFilter(value);
    }

    private static <T> T pick(T[] choices, SplittableRandom random) {
        return choices[random.nextInt(choices.length)];
    }
}

package io.causeway.broker.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InboxTest {
    private static final long NOW = 5;

    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Inbox<String> inbox =
            new Inbox<>(posted::add, (item, nowNanos) -> done.add(item), nowNanos -> done.add("after"));

    @Test
    void whatComesTogether_isOneTaskAndOneBatch() {
        inbox.add("a");
        inbox.add("b");
        assertThat(posted).hasSize(1);
        assertThat(inbox.size()).isEqualTo(2);

        posted.remove().accept(NOW);

        assertThat(done).containsExactly("a", "b", "after");
        assertThat(inbox.size()).isZero();
        assertThat(posted).isEmpty();
    }

    @Test
    void whatComesLater_isATaskOfItsOwn() {
        inbox.add("a");
        posted.remove().accept(NOW);
        inbox.add("b");

        posted.remove().accept(NOW);

        assertThat(done).containsExactly("a", "after", "b", "after");
    }

    @Test
    void longQueue_letsOthersRunBetweenItsBatches() {
        for (int i = 0; i < 1_500; i++) {
            inbox.add("x");
        }

        posted.remove().accept(NOW);
        assertThat(done).hasSize(1_001);
        assertThat(posted).hasSize(1);

        posted.remove().accept(NOW);
        assertThat(done).hasSize(1_502);
    }

    @Test
    void errorOfTheWorker_doesNotStopTheRest() {
        Inbox<String> failing = new Inbox<>(
                posted::add,
                (item, nowNanos) -> {
                    if (item.equals("bad")) {
                        throw new IllegalStateException("on purpose");
                    }
                    done.add(item);
                },
                nowNanos -> {});
        failing.add("bad");
        failing.add("good");

        LongConsumer first = posted.remove();
        assertThatThrownBy(() -> first.accept(NOW)).hasMessage("on purpose");
        posted.remove().accept(NOW);

        assertThat(done).containsExactly("good");
    }

    @Test
    void manyThreads_loseNothingAndKeepTheirOrder() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        List<List<Integer>> seen = IntStream.range(0, threads)
                .<List<Integer>>mapToObj(unused -> new ArrayList<>())
                .toList();
        CountDownLatch left = new CountDownLatch(threads * each);
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ExecutorService others = Executors.newFixedThreadPool(threads);
        try {
            Inbox<int[]> shared = new Inbox<>(
                    work -> loop.execute(() -> work.accept(NOW)),
                    (item, nowNanos) -> {
                        seen.get(item[0]).add(item[1]);
                        left.countDown();
                    },
                    nowNanos -> {});
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                others.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        shared.add(new int[] {number, i});
                    }
                });
            }
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            others.shutdownNow();
            loop.shutdownNow();
        }
        assertThat(seen).allSatisfy(own -> assertThat(own).isSorted().hasSize(each));
    }
}

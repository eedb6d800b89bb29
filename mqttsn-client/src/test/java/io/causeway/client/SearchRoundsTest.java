package io.causeway.client;

import io.causeway.codec.v12.SearchGw;
import io.causeway.testkit.Requirement;
import io.causeway.testkit.VirtualTime;
import io.causeway.timer.TimerWheel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a client asks for gateways (1.2 §6.1). */
class SearchRoundsTest implements SearchRounds.Owner {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final SearchGw QUESTION = new SearchGw(1);

    private final VirtualTime time = new VirtualTime();
    private final TimerWheel wheel = new TimerWheel(TICK, time.nowNanos());
    private final List<Duration> asked = new ArrayList<>();
    private final long startNanos = time.nowNanos();
    private int failures;

    @Test
    @Requirement("C-DISC-05")
    void unanswered_isRepeatedAtIntervalsThatDouble() {
        rounds(Duration.ZERO, 3).start(time.nowNanos());

        pass(Duration.ofSeconds(60));

        assertThat(asked).containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(15));
        assertThat(failures).isEqualTo(1);
    }

    @Test
    @Requirement("C-DISC-03")
    void firstQuestions_areSpreadOverTheDelay() {
        for (int client = 0; client < 200; client++) {
            new SearchRounds(search(INTERVAL, 1), new SplittableRandom(client), wheel, this).start(time.nowNanos());
        }

        pass(INTERVAL);

        assertThat(asked).hasSize(200).allMatch(at -> at.compareTo(INTERVAL.plus(TICK)) <= 0);
        assertThat(asked.stream().filter(at -> at.compareTo(INTERVAL.dividedBy(2)) < 0))
                .hasSizeBetween(70, 130);
    }

    @Test
    @Requirement("C-DISC-04")
    void questionOfAnotherClientDuringTheDelay_isAsGoodAsOurs() {
        SearchRounds rounds = rounds(INTERVAL, 2);
        rounds.start(time.nowNanos());

        rounds.onPacket(QUESTION, time.nowNanos());
        pass(INTERVAL.minus(TICK));
        assertThat(asked).isEmpty();
        pass(TICK.multipliedBy(2));

        assertThat(asked).hasSize(1);
    }

    @Test
    @Requirement("C-DISC-04")
    void questionWithAnotherRadius_isNotOurs() {
        SearchRounds rounds = rounds(INTERVAL, 1);
        rounds.start(time.nowNanos());

        rounds.onPacket(new SearchGw(2), time.nowNanos());
        pass(INTERVAL);

        assertThat(asked).hasSize(1);
    }

    @Test
    void stopped_asksNoMore() {
        SearchRounds rounds = rounds(Duration.ZERO, 3);
        rounds.start(time.nowNanos());

        rounds.stop();
        pass(Duration.ofSeconds(60));

        assertThat(asked).containsExactly(Duration.ZERO);
        assertThat(failures).isZero();
    }

    @Test
    void startedAnew_hasAllAttemptsAgain() {
        SearchRounds rounds = rounds(Duration.ZERO, 1);
        rounds.start(time.nowNanos());
        pass(INTERVAL.plus(TICK));

        rounds.start(time.nowNanos());
        pass(INTERVAL.plus(TICK));

        assertThat(asked).hasSize(2);
        assertThat(failures).isEqualTo(2);
    }

    private SearchRounds rounds(Duration maxDelay, int attempts) {
        return new SearchRounds(search(maxDelay, attempts), new SplittableRandom(1), wheel, this);
    }

    private static GatewaySearch search(Duration maxDelay, int attempts) {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1883);
        return new GatewaySearch(target, QUESTION.radius(), maxDelay, INTERVAL, attempts);
    }

    private void pass(Duration duration) {
        for (long endNanos = time.nowNanos() + duration.toNanos(); time.nowNanos() - endNanos < 0; ) {
            time.advance(TICK);
            wheel.advance(time.nowNanos());
        }
    }

    @Override
    public void send(SearchGw question) {
        assertThat(question).isEqualTo(QUESTION);
        asked.add(Duration.ofNanos(time.nowNanos() - startNanos));
    }

    @Override
    public void onNobody() {
        failures++;
    }
}

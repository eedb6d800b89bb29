package io.causeway.client;

import io.causeway.testkit.Requirement;
import io.causeway.testkit.VirtualTime;
import io.causeway.timer.TimerWheel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which gateway a client returns to, and when (1.2 §6.12, §6.13). */
class ReconnectingTest {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final InetSocketAddress A = new InetSocketAddress("127.0.0.1", 1883);
    private static final InetSocketAddress B = new InetSocketAddress("127.0.0.1", 1884);

    private final VirtualTime time = new VirtualTime();
    private final TimerWheel wheel = new TimerWheel(TICK, time.nowNanos());
    private final List<InetSocketAddress> attempts = new ArrayList<>();

    @Test
    @Requirement({"C-RTX-03", "C-KA-05"})
    void lostGateway_isTriedAgainOnlyAfterTheOthers() {
        Reconnecting reconnecting = among(List.of(A, B), 1);

        reconnecting.onLost(time.nowNanos());
        pass(FIRST);
        reconnecting.onFailed(time.nowNanos());
        pass(FIRST.multipliedBy(2));

        assertThat(attempts).containsExactly(B, A);
    }

    @Test
    @Requirement("C-DIS-02")
    void onlyGateway_isTriedAgain() {
        Reconnecting reconnecting = among(List.of(), 1);

        reconnecting.onLost(time.nowNanos());
        pass(FIRST);

        assertThat(attempts).containsExactly(A);
    }

    @Test
    void gatewaysThatTheApplicationFailsToTell_areTheFormerOne() {
        var policy = Reconnection.toOneOf(() -> {
            throw new IllegalStateException("a fault of the application");
        });
        new Reconnecting(policy, A, new SplittableRandom(1), wheel, attempts::add).onLost(time.nowNanos());

        pass(FIRST);

        assertThat(attempts).containsExactly(A);
    }

    @Test
    void delays_doubleUpToTheLongest() {
        Reconnecting reconnecting = among(List.of(), 1);
        reconnecting.onLost(time.nowNanos());
        for (int seconds : List.of(1, 2, 4, 4, 4)) {
            Duration delay = Duration.ofSeconds(seconds);
            int before = attempts.size();
            pass(delay.dividedBy(2).minus(TICK));
            assertThat(attempts).hasSize(before);
            pass(delay.dividedBy(2).plus(TICK));
            assertThat(attempts).hasSize(before + 1);
            reconnecting.onFailed(time.nowNanos());
        }
    }

    @Test
    void fleetThatLostItsGateway_comesBackSpreadOut() {
        for (int client = 0; client < 200; client++) {
            among(List.of(), client).onLost(time.nowNanos());
        }

        pass(FIRST.multipliedBy(3).dividedBy(4));

        assertThat(attempts).hasSizeBetween(70, 130);
    }

    @Test
    void stopped_triesNoMore() {
        Reconnecting reconnecting = among(List.of(), 1);
        reconnecting.onLost(time.nowNanos());

        reconnecting.stop();
        reconnecting.onFailed(time.nowNanos());
        pass(LONGEST.multipliedBy(3));

        assertThat(attempts).isEmpty();
    }

    @Test
    void anotherLoss_beginsWithTheFirstDelay() {
        Reconnecting reconnecting = among(List.of(), 1);
        reconnecting.onLost(time.nowNanos());
        pass(FIRST);
        reconnecting.stop();

        reconnecting.onLost(time.nowNanos());
        pass(FIRST);

        assertThat(attempts).hasSize(2);
    }

    @Test
    void impossibleDelays_cannotBeMade() {
        Reconnection reconnection = Reconnection.toSameGateway();

        assertThatIllegalArgumentException().isThrownBy(() -> reconnection.withDelays(Duration.ZERO, LONGEST));
        assertThatIllegalArgumentException().isThrownBy(() -> reconnection.withDelays(LONGEST, FIRST));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> reconnection.withDelays(FIRST, Duration.ofDays(1).plusNanos(1)));
    }

    private Reconnecting among(List<InetSocketAddress> gateways, long seed) {
        var policy = Reconnection.toOneOf(() -> gateways).withDelays(FIRST, LONGEST);
        return new Reconnecting(policy, A, new SplittableRandom(seed), wheel, attempts::add);
    }

    private void pass(Duration duration) {
        for (long endNanos = time.nowNanos() + duration.toNanos(); time.nowNanos() - endNanos < 0; ) {
            time.advance(TICK);
            wheel.advance(time.nowNanos());
        }
    }
}

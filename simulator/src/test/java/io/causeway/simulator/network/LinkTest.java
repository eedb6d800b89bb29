package io.causeway.simulator.network;

import io.causeway.simulator.scenario.Delay;
import io.causeway.simulator.scenario.NetworkConditions;
import io.causeway.simulator.scenario.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static io.causeway.simulator.network.LinkRig.MILLI;
import static io.causeway.simulator.network.LinkRig.START;
import static org.assertj.core.api.Assertions.assertThat;

class LinkTest {
    private static final Span<Duration> NO_OUTAGE = new Span<>(Duration.ZERO, Duration.ZERO);

    @Test
    void idealNetwork_letsThroughAtOnce() throws IOException {
        LinkRig rig = new LinkRig(NetworkConditions.IDEAL, 1);
        rig.send(1);
        rig.receive(2);

        assertThat(rig.atGateway).containsExactly(1);
        assertThat(rig.atSensor).containsExactly(2);
    }

    @Test
    void loss_takesItsShareInBothDirections() throws IOException {
        LinkRig rig = new LinkRig(conditions(0.2, 0, 0, Delay.NONE, 0), 1);
        rig.exchange(10_000, 0);

        assertThat(rig.atGateway.size()).isBetween(7_800, 8_200);
        assertThat(rig.atSensor.size()).isBetween(7_800, 8_200);
    }

    @Test
    void duplication_bringsSomeTwice() throws IOException {
        LinkRig rig = new LinkRig(conditions(0, 0.1, 0, Delay.NONE, 0), 1);
        rig.exchange(10_000, 0);

        assertThat(rig.atGateway.size()).isBetween(10_900, 11_100);
    }

    @Test
    void delayThatVaries_keepsTheOrder() throws IOException {
        Delay delay = new Delay.Uniform(new Span<>(Duration.ofMillis(1), Duration.ofMillis(50)));
        LinkRig rig = new LinkRig(conditions(0, 0, 0, delay, 0), 1);
        rig.exchange(1_000, MILLI);

        assertThat(rig.atGateway).hasSize(1_000).isSorted();
    }

    @Test
    void reordering_letsLaterOnesOvertake() throws IOException {
        LinkRig rig = new LinkRig(conditions(0, 0, 0.1, new Delay.Fixed(Duration.ofMillis(5)), 0), 1);
        rig.exchange(1_000, MILLI);

        int overtaken = 0;
        for (int place = 1; place < rig.atGateway.size(); place++) {
            overtaken += rig.atGateway.get(place) < rig.atGateway.get(place - 1) ? 1 : 0;
        }
        assertThat(rig.atGateway).hasSize(1_000);
        assertThat(overtaken).isBetween(50, 150);
    }

    @Test
    void delay_isWaitedFor() throws IOException {
        LinkRig rig = new LinkRig(conditions(0, 0, 0, new Delay.Fixed(Duration.ofMillis(20)), 0), 1);
        rig.send(1);

        assertThat(rig.transit.nanosToNext(rig.nowNanos)).isEqualTo(20 * MILLI);
        rig.pass(20 * MILLI - 1);
        assertThat(rig.atGateway).isEmpty();
        rig.pass(1);
        assertThat(rig.atGateway).containsExactly(1);
        assertThat(rig.transit.nanosToNext(rig.nowNanos)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void slowLine_sendsOneAfterTheOther() throws IOException {
        LinkRig rig = new LinkRig(conditions(0, 0, 0, Delay.NONE, 32_000), 1); // 4 octets: 1 ms
        rig.send(1);
        rig.send(2);
        rig.pass(MILLI);
        assertThat(rig.atGateway).containsExactly(1);
        rig.pass(MILLI);

        assertThat(rig.atGateway).containsExactly(1, 2);
    }

    @Test
    void slowLine_dropsWhatItsQueueHasNoRoomFor() throws IOException {
        LinkRig rig = new LinkRig(conditions(0, 0, 0, Delay.NONE, 32_000), 1);
        for (int number = 0; number < 1_000; number++) {
            rig.send(number);
        }
        rig.pass(1_000 * MILLI);

        assertThat(rig.atGateway).hasSize(2_048 / 4 + 1).isSorted();
    }

    @Test
    void outages_comeAndGo() {
        NetworkConditions conditions = new NetworkConditions(
                0,
                0,
                0,
                Delay.NONE,
                0,
                Duration.ofSeconds(60),
                new Span<>(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                Duration.ZERO);
        Outages outages = new Outages(conditions, new SplittableRandom(1), START);
        int out = 0;
        int changes = 0;
        boolean wasOut = false;
        for (int second = 0; second < 10_000; second++) {
            boolean isOut = outages.isOut(START + second * 1_000L * MILLI);
            out += isOut ? 1 : 0;
            changes += isOut == wasOut ? 0 : 1;
            wasOut = isOut;
        }

        assertThat(out).isBetween(1_500, 2_500);
        assertThat(changes).isBetween(200, 330);
    }

    @Test
    void lossInEitherDirection_endsWithTheNextThatGetsThrough() throws IOException {
        LinkRig rig = new LinkRig(conditions(0.5, 0, 0, Delay.NONE, 0), 1);
        for (int number = 0; number < 1_000; number++) {
            rig.pass(MILLI);
            int heard = rig.atGateway.size();
            long before = rig.link.openSinceNanos(rig.nowNanos);
            rig.send(number);
            boolean isThrough = rig.atGateway.size() > heard;
            boolean wasOpen = before < rig.nowNanos;
            assertThat(rig.link.openSinceNanos(rig.nowNanos + 7))
                    .isEqualTo(isThrough ? (wasOpen ? before : rig.nowNanos) : rig.nowNanos + 7);

            heard = rig.atSensor.size();
            before = rig.link.openSinceNanos(rig.nowNanos + 7);
            rig.receive(number);
            assertThat(rig.link.openSinceNanos(rig.nowNanos + 7))
                    .isEqualTo(rig.atSensor.size() > heard ? before : rig.nowNanos + 7);
        }
    }

    @Test
    void natRebinding_losesWhatComesUntilTheSensorSends() throws IOException {
        NetworkConditions conditions =
                new NetworkConditions(0, 0, 0, Delay.NONE, 0, Duration.ZERO, NO_OUTAGE, Duration.ofSeconds(1));
        LinkRig rig = new LinkRig(conditions, 1);
        rig.receive(1);
        rig.pass(60_000 * MILLI);
        rig.receive(2);
        assertThat(rig.link.openSinceNanos(rig.nowNanos)).isEqualTo(rig.nowNanos);
        rig.send(3);
        rig.receive(4);

        assertThat(rig.atSensor).containsExactly(1, 4);
        assertThat(rig.atGateway).containsExactly(3);
        assertThat(rig.opened).isEqualTo(2);
    }

    @Test
    void sameSeed_doesTheSame() throws IOException {
        Delay delay = new Delay.Normal(Duration.ofMillis(20), Duration.ofMillis(10));
        NetworkConditions conditions = conditions(0.1, 0.1, 0.1, delay, 0);
        LinkRig one = new LinkRig(conditions, 7);
        LinkRig same = new LinkRig(conditions, 7);
        LinkRig other = new LinkRig(conditions, 8);
        one.exchange(1_000, MILLI);
        same.exchange(1_000, MILLI);
        other.exchange(1_000, MILLI);

        assertThat(one.atGateway).isEqualTo(same.atGateway).isNotEqualTo(other.atGateway);
        assertThat(one.atSensor).isEqualTo(same.atSensor).isNotEqualTo(one.atGateway);
    }

    @Test
    void delays_areDistributedAsTheySay() {
        assertThat(meanMillis(new Delay.Fixed(Duration.ofMillis(30)))).isEqualTo(30);
        assertThat(meanMillis(new Delay.Uniform(new Span<>(Duration.ofMillis(10), Duration.ofMillis(30)))))
                .isBetween(19.5, 20.5);
        assertThat(meanMillis(new Delay.Normal(Duration.ofMillis(30), Duration.ofMillis(5))))
                .isBetween(29.5, 30.5);
        assertThat(meanMillis(new Delay.LongTail(Duration.ofMillis(10), Duration.ofMillis(30))))
                .isBetween(28.5, 31.5);
    }

    private static double meanMillis(Delay delay) {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            long nanos = Draw.delay(delay, random);
            assertThat(nanos).isNotNegative();
            sum += nanos;
        }
        return sum / 10_000 / MILLI;
    }

    private static NetworkConditions conditions(
            double loss, double duplication, double reordering, Delay delay, long bitsPerSecond) {
        return new NetworkConditions(
                loss, duplication, reordering, delay, bitsPerSecond, Duration.ZERO, NO_OUTAGE, Duration.ZERO);
    }
}

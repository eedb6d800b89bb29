package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.LinkAddress;
import io.causeway.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoveredGatewaysTest {
    private static final LinkAddress A = MemoryTransport.Address.of("0a");
    private static final LinkAddress B = MemoryTransport.Address.of("0b");
    private static final Duration STEP = Duration.ofMillis(250);

    private final VirtualTime time = new VirtualTime();
    private final List<SearchGw> asked = new ArrayList<>();
    private final DiscoveredGateways gateways = new DiscoveredGateways(new SplittableRandom(5), asked::add);

    DiscoveredGatewaysTest() {
        gateways.start(time.nowNanos());
    }

    @Test
    void search_isDelayedAndThenRepeatedAtIntervalsThatDouble() {
        gateways.onTick(time.nowNanos());
        assertThat(asked).isEmpty();

        pass(DiscoveredGateways.T_SEARCHGW);
        assertThat(asked).containsExactly(new SearchGw(1));

        pass(Duration.ofSeconds(5 + 10 + 20 + 40));
        assertThat(asked).hasSize(5);
        pass(Duration.ofHours(1));
        assertThat(asked).hasSizeBetween(30, 36);
    }

    @Test
    void questionOfAnotherClient_standsForTheFirstOfOurs() {
        gateways.onPacket(A, new SearchGw(1), time.nowNanos());
        pass(DiscoveredGateways.FIRST_INTERVAL.minus(STEP));
        assertThat(asked).isEmpty();

        pass(STEP);
        gateways.onPacket(A, new SearchGw(1), time.nowNanos());
        pass(DiscoveredGateways.FIRST_INTERVAL.multipliedBy(2));

        assertThat(asked).hasSize(2);
    }

    @Test
    void gatewayThatAnswers_isInUse() {
        assertThat(gateways.onPacket(A, new GwInfo(7, Octets.EMPTY), time.nowNanos()))
                .isTrue();

        assertThat(gateways.current()).contains(A);
        assertThat(gateways.name()).isEqualTo("7 at 0a");
        pass(Duration.ofHours(1));
        assertThat(asked).isEmpty();
        assertThat(gateways.current()).contains(A);
    }

    @Test
    void anothersWordForAGateway_isNotEnough() {
        assertThat(gateways.onPacket(A, new GwInfo(7, Octets.ofHex("7f000001075b")), time.nowNanos()))
                .isTrue();

        assertThat(gateways.current()).isEmpty();
    }

    @Test
    void gatewayFoundLater_isNotUsedWhileTheFirstIsThere() {
        gateways.onPacket(A, new GwInfo(7, Octets.EMPTY), time.nowNanos());
        gateways.onPacket(B, new Advertise(8, 60), time.nowNanos());

        assertThat(gateways.current()).contains(A);
    }

    @Test
    void gatewayThatHasMissedThreeAdvertisements_isLostAndTheNetworkAskedAgain() {
        gateways.onPacket(A, new Advertise(7, 60), time.nowNanos());
        pass(Duration.ofSeconds(100));
        gateways.onPacket(A, new Advertise(7, 60), time.nowNanos());
        gateways.onPacket(A, new GwInfo(7, Octets.EMPTY), time.nowNanos());
        pass(Duration.ofMinutes(3).minus(STEP));
        assertThat(gateways.current()).contains(A);

        pass(STEP);
        assertThat(gateways.current()).isEmpty();
        pass(DiscoveredGateways.T_SEARCHGW);
        assertThat(asked).hasSize(1);
    }

    @Test
    void gatewayGivenUp_isFollowedByAnotherThatIsKnown() {
        gateways.onPacket(A, new GwInfo(7, Octets.EMPTY), time.nowNanos());
        gateways.onPacket(B, new GwInfo(8, Octets.EMPTY), time.nowNanos());

        gateways.giveUp(time.nowNanos());
        assertThat(gateways.current()).contains(B);

        gateways.giveUp(time.nowNanos());
        assertThat(gateways.current()).isEmpty();
        gateways.giveUp(time.nowNanos());
    }

    @Test
    void crowdOfGateways_isNotKeptInMind() {
        for (int i = 0; i < 200; i++) {
            LinkAddress address = MemoryTransport.Address.of(String.format("%04x", i));
            gateways.onPacket(address, new GwInfo(7, Octets.EMPTY), time.nowNanos());
        }
        for (int i = 0; i < DiscoveredGateways.MAX_GATEWAYS; i++) {
            assertThat(gateways.current()).isPresent();
            gateways.giveUp(time.nowNanos());
        }

        assertThat(gateways.current()).isEmpty();
    }

    @Test
    void gatewayThatAdvertises_isKeptInMindInsteadOfOneThatDoesNot() {
        gateways.onPacket(B, new GwInfo(8, Octets.EMPTY), time.nowNanos());
        for (int i = 1; i < DiscoveredGateways.MAX_GATEWAYS; i++) {
            LinkAddress address = MemoryTransport.Address.of(String.format("%04x", i));
            gateways.onPacket(address, new GwInfo(7, Octets.EMPTY), time.nowNanos());
        }

        gateways.onPacket(A, new Advertise(9, 60), time.nowNanos());
        assertThat(gateways.current()).contains(B);
        for (int i = 1; i < DiscoveredGateways.MAX_GATEWAYS; i++) {
            gateways.giveUp(time.nowNanos());
        }

        assertThat(gateways.current()).contains(A);
    }

    @Test
    void crowdOfGatewaysThatAdvertise_letsNoOtherIn() {
        for (int i = 0; i < DiscoveredGateways.MAX_GATEWAYS; i++) {
            LinkAddress address = MemoryTransport.Address.of(String.format("%04x", i));
            gateways.onPacket(address, new Advertise(7, 60), time.nowNanos());
        }

        gateways.onPacket(A, new GwInfo(9, Octets.EMPTY), time.nowNanos());
        for (int i = 0; i < DiscoveredGateways.MAX_GATEWAYS; i++) {
            gateways.giveUp(time.nowNanos());
        }

        assertThat(gateways.current()).isEmpty();
    }

    @Test
    void whatIsNoDiscovery_doesNotBelongHere() {
        assertThat(gateways.onPacket(A, new PingResp(), time.nowNanos())).isFalse();
        assertThat(gateways.onPacket(A, new SearchGw(0), time.nowNanos())).isTrue();
    }

    private void pass(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            time.advance(STEP);
            gateways.onTick(time.nowNanos());
        }
    }
}

package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.testkit.Requirement;
import io.causeway.testkit.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of active gateways (1.2 §6.1). */
class ActiveGatewaysTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 1883);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 1884);
    private static final FoundGateway FIRST = new FoundGateway(1, HERE);
    private static final FoundGateway SECOND = new FoundGateway(2, THERE);
    private static final int MINUTE = 60;

    private final VirtualTime time = new VirtualTime();
    private final ActiveGateways gateways = new ActiveGateways();

    @Test
    @Requirement("C-DISC-01")
    void advertiseAndGwInfo_enterTheirGatewaysInTheirOrder() {
        receive(new GwInfo(1, Octets.EMPTY), HERE);
        receive(new Advertise(2, MINUTE), THERE);
        receive(new GwInfo(1, Octets.EMPTY), HERE);

        assertThat(gateways.at(time.nowNanos())).containsExactly(FIRST, SECOND);
    }

    @Test
    @Requirement("C-DISC-02")
    void gatewayThatMissesThreeAdvertisements_isGone() {
        receive(new Advertise(1, MINUTE), HERE);
        receive(new Advertise(2, MINUTE), THERE);

        time.advance(Duration.ofMinutes(2));
        receive(new Advertise(2, MINUTE), THERE);
        time.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(gateways.at(time.nowNanos())).containsExactly(FIRST, SECOND);
        time.advance(Duration.ofNanos(1));

        assertThat(gateways.at(time.nowNanos())).containsExactly(SECOND);
    }

    @Test
    @Requirement("C-DISC-02")
    void gwInfo_doesNotPutOffTheEndOfOneThatAdvertises() {
        receive(new Advertise(1, MINUTE), HERE);
        time.advance(Duration.ofMinutes(1));
        receive(new GwInfo(1, Octets.EMPTY), HERE);

        time.advance(Duration.ofMinutes(2));

        assertThat(gateways.at(time.nowNanos())).isEmpty();
    }

    @Test
    void gatewayThatOnlyAnswers_stays() {
        receive(new GwInfo(1, Octets.EMPTY), HERE);

        time.advance(Duration.ofDays(1));

        assertThat(gateways.at(time.nowNanos())).containsExactly(FIRST);
    }

    @Test
    void gatewayThatHasMoved_hasItsNewAddress() {
        receive(new Advertise(1, MINUTE), HERE);
        receive(new Advertise(1, MINUTE), THERE);

        assertThat(gateways.at(time.nowNanos())).containsExactly(new FoundGateway(1, THERE));
    }

    @Test
    @Requirement("C-DISC-08")
    void wordOfAnotherClient_isTolerated() {
        receive(new GwInfo(1, Octets.ofHex("7f000001")), HERE);
        receive(new PingReq(""), HERE);

        assertThat(gateways.at(time.nowNanos())).isEmpty();
    }

    private void receive(Packet packet, InetSocketAddress sender) {
        gateways.onPacket(packet, sender, time.nowNanos())
                .ifPresent(gateway -> assertThat(gateway.address()).isEqualTo(sender));
    }
}

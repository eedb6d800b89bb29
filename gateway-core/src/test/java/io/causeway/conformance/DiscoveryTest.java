package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.SearchGw;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.harness.TestGateway;
import io.causeway.harness.TestPeer;
import io.causeway.session.Count;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How clients find a gateway (1.2 §6.1). */
class DiscoveryTest {
    private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);
    private static final GwInfo THIS_GATEWAY = new GwInfo(1, Octets.EMPTY);

    private final TestGateway gateway = new TestGateway();
    private final TestPeer seeker = gateway.peer("10.0.0.1", 5000);

    @Test
    @Requirement({"G-DISC-01", "G-DISC-02"})
    void searchByUnicast_isAnsweredToTheSenderWithIdAndNoAddress() {
        seeker.sendHex("03 01 01");

        assertThat(seeker.nextHex()).isEqualTo("030201");
        assertThat(seeker.heardNothing()).isTrue();
        assertThat(gateway.broadcasts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 255})
    @Requirement({"G-DISC-03", "G-DISC-07"})
    void searchByMulticast_isAnsweredToEverybodyWithTheSameRadius(int radius) {
        gateway.receiveMulticast(
                seeker.address(), PacketCodec.encode(new SearchGw(radius)).asByteBuf());

        assertThat(gateway.broadcasts()).containsExactly(THIS_GATEWAY);
        assertThat(gateway.broadcastRadii()).containsExactly(radius);
        assertThat(seeker.heardNothing()).isTrue();
        assertThat(gateway.count(IngressCount.SEARCHES)).isEqualTo(1);
    }

    @Test
    @Requirement("G-ROB-06")
    void floodOfSearchesByMulticast_isAnsweredToEverybodyAFewTimesASecond() {
        for (int i = 0; i < 1_000; i++) {
            gateway.receiveMulticast(
                    seeker.address(), PacketCodec.encode(new SearchGw(1)).asByteBuf());
        }

        assertThat(gateway.broadcasts()).hasSize(10);
        assertThat(gateway.count(IngressCount.SEARCHES)).isEqualTo(10);
        assertThat(gateway.count(IngressCount.SEARCHES_UNANSWERED)).isEqualTo(990);
        seeker.send(new SearchGw(1));
        assertThat(seeker.next()).isEqualTo(THIS_GATEWAY);

        gateway.advance(Duration.ofMillis(110));
        gateway.receiveMulticast(
                seeker.address(), PacketCodec.encode(new SearchGw(1)).asByteBuf());
        assertThat(gateway.broadcasts()).hasSize(11);
    }

    @Test
    @Requirement("G-DISC-04")
    void searchByAConnectedClient_leavesItsSessionAlone() {
        Sensor device = Sensor.connected(gateway, 1, "sensor");
        int topicId = device.register("a/b");

        device.peer().send(new SearchGw(1));

        device.hears(THIS_GATEWAY);
        device.publish(topicId, "still connected");
    }

    @Test
    @Requirement("G-DISC-04")
    void searchByASleepingClient_doesNotWakeIt() {
        Sensor device = Sensor.connected(gateway, 1, "sensor");
        device.sleep(60);

        device.peer().send(new SearchGw(1));

        device.hears(THIS_GATEWAY);
        assertThat(gateway.census().asleep()).isEqualTo(1);
    }

    @Test
    @Requirement("G-DISC-05")
    void announcementsOfOthers_areCountedAndNothingElse() {
        Sensor device = Sensor.connected(gateway, 1, "sensor");

        seeker.sendHex("05 00 07 0384");
        seeker.sendHex("03 02 07");
        seeker.sendHex("07 02 07 0a000007");
        device.peer().sendHex("07 02 07 0a000007");

        assertThat(gateway.count(IngressCount.OTHER_GATEWAYS)).isEqualTo(4);
        assertThat(gateway.count(Count.UNKNOWN_SENDER)).isZero();
        assertThat(seeker.heardNothing()).isTrue();
        device.isConnected();
    }

    @Test
    @Requirement("G-DISC-06")
    void advertising_beginsAtOnceAndKeepsTheDurationItAnnounces() {
        Advertise announced = new Advertise(1, 900);
        assertThat(PacketCodec.encode(announced).toHex()).isEqualTo("05" + "00" + "01" + "0384");

        gateway.advertise(QUARTER_OF_AN_HOUR);
        assertThat(gateway.broadcasts()).containsExactly(announced);

        gateway.advance(QUARTER_OF_AN_HOUR.minusSeconds(1));
        assertThat(gateway.broadcasts()).containsExactly(announced);

        gateway.advance(Duration.ofSeconds(1));
        assertThat(gateway.broadcasts()).containsExactly(announced, announced);

        gateway.advance(QUARTER_OF_AN_HOUR.multipliedBy(10));
        assertThat(gateway.broadcasts()).hasSize(12).containsOnly(announced);
        assertThat(gateway.broadcastRadii()).containsOnly(0);
    }

    @Test
    void shortestInterval_isASecond() {
        gateway.advertise(Duration.ofSeconds(1));

        gateway.advance(Duration.ofSeconds(3));

        assertThat(gateway.broadcasts()).hasSize(4);
    }

    @Test
    @Requirement("G-DISC-08")
    void withoutAServer_nothingIsAdvertisedUntilItIsThere() {
        gateway.upstream().setAvailable(false);
        gateway.advertise(QUARTER_OF_AN_HOUR);
        gateway.advance(QUARTER_OF_AN_HOUR.multipliedBy(2));
        assertThat(gateway.broadcasts()).isEmpty();

        gateway.upstream().setAvailable(true);
        gateway.advance(Duration.ofSeconds(2));
        assertThat(gateway.broadcasts()).hasSize(1);

        gateway.upstream().setAvailable(false);
        gateway.advance(QUARTER_OF_AN_HOUR.multipliedBy(2));
        assertThat(gateway.broadcasts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.9S", "PT18H12M16S"})
    void intervalThatAdvertiseCannotTell_isABugOfTheCaller(Duration interval) {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway.advertise(interval));
    }
}

package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.radio.LinkAddress;
import io.causeway.testkit.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.forwarder.ForwarderCount.DROPPED_DEVICE_MALFORMED;
import static io.causeway.forwarder.ForwarderCount.DROPPED_GATEWAY_MALFORMED;
import static io.causeway.forwarder.ForwarderCount.DROPPED_NODE_ID;
import static io.causeway.forwarder.ForwarderCount.DROPPED_NOT_ENCAPSULATED;
import static io.causeway.forwarder.ForwarderCount.DROPPED_NO_GATEWAY;
import static io.causeway.forwarder.ForwarderCount.DROPPED_STRANGER;
import static io.causeway.forwarder.ForwarderCount.DROPPED_TOO_LARGE;
import static io.causeway.forwarder.ForwarderCount.DROPPED_UNKNOWN_NODE;
import static io.causeway.forwarder.ForwarderCount.GATEWAY_LOSSES;
import static org.assertj.core.api.Assertions.assertThat;

class RelayTest {
    private static final String GATEWAY = "aa";
    private static final String STANDBY = "bb";
    private static final String PINGREQ = "0216";
    private static final String PROBE = "05fe003f00" + "030101";

    /** A device on the radio, and its node id. */
    private static final String DEVICE = "0102";

    private static final String DEVICE_ID = "00" + "02" + DEVICE;

    /** The one peer at the end of the serial line has no address. */
    private static final String LINE = "";

    private static final String LINE_ID = "01" + "00";

    private final VirtualTime time = new VirtualTime();
    private final MemoryTransport uplink = new MemoryTransport("gateway", 1);
    private final MemoryTransport radio = new MemoryTransport("radio", 2);
    private final MemoryTransport line = new MemoryTransport("line", 0);
    private final Counters counters = new Counters();
    private final DeviceLink radioLink = new DeviceLink(0, radio, Duration.ofMinutes(15));
    private final DeviceLink lineLink = new DeviceLink(1, line, Duration.ofMinutes(15));
    private final Map<String, LinkAddress> names =
            new HashMap<>(Map.of("first", address(GATEWAY), "second", address(STANDBY)));
    private Relay relay = listed("first");

    @Test
    void messageOfADevice_goesToTheGatewayWithTheIdOfItsNode() {
        fromRadio(PINGREQ);
        fromLine(PINGREQ);

        assertThat(uplink.takeSent())
                .containsExactly(GATEWAY + ": 07fe00" + DEVICE_ID + PINGREQ, GATEWAY + ": 05fe00" + LINE_ID + PINGREQ);
    }

    @Test
    void messageOfTheGateway_goesToTheDeviceOfItsNodeUnchanged() {
        fromGateway("07fe00" + DEVICE_ID + "0217");
        fromGateway("05fe00" + LINE_ID + "0218");

        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 0217");
        assertThat(line.takeSent()).containsExactly(": 0218");
    }

    @Test
    void restartedForwarder_servesTheGatewaysMessagesAtOnce() {
        relay = listed("first");

        fromGateway("07fe00" + DEVICE_ID + "0217");

        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 0217");
    }

    @Test
    void messageOfAReservedType_isNotLookedInto() {
        fromRadio("047fabcd");
        fromGateway("07fe00" + DEVICE_ID + "047fabcd");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 07fe00" + DEVICE_ID + "047fabcd");
        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 047fabcd");
    }

    @Test
    void clientBehindABridge_keepsTheIdItHasThere() {
        fromLine("05fe00" + "1234" + PINGREQ);
        fromGateway("07fe02" + "8100" + "1234" + "0217");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 07fe00" + "8100" + "1234" + PINGREQ);
        assertThat(line.takeSent()).containsExactly(": 05fe02" + "1234" + "0217");
    }

    @Test
    void clientOfABridgeWithoutAnId_isAnotherThanTheBridge() {
        fromLine("03fe00" + PINGREQ);
        fromGateway("05fe00" + "8100" + "0217");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 05fe00" + "8100" + PINGREQ);
        assertThat(line.takeSent()).containsExactly(": 03fe00" + "0217");
    }

    @Test
    void searchByBroadcast_isAnsweredToEverybodyOnThatLink() {
        relay.onDevice(radioLink, address(DEVICE), octets("030102").asByteBuf(), true, now());
        fromGateway("07fe02" + "40" + "02" + DEVICE + "030207");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 07fe00" + "40" + "02" + DEVICE + "030102");
        assertThat(radio.takeSent()).containsExactly("all/2: 030207");
        assertThat(line.takeSent()).isEmpty();
    }

    @Test
    void searchOfOneWhoKnowsTheForwarder_isAnsweredToThatOne() {
        fromRadio("030102");
        fromGateway("07fe02" + DEVICE_ID + "030207");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 07fe00" + DEVICE_ID + "030102");
        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 030207");
    }

    @ParameterizedTest
    @CsvSource({"01, 0217, 1", "00, 0500070384, 0"})
    void whatTheGatewayBroadcasts_goesToEverybodyOnThatLink(String ctrl, String message, int radius) {
        fromGateway("07fe" + ctrl + DEVICE_ID + message);

        assertThat(radio.takeSent()).containsExactly("all/" + radius + ": " + message);
        assertThat(line.takeSent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "0017", "0317", "05fe00", "04fe00aa05fe00bb0217"})
    void datagramOfADeviceThatIsNoMessage_isDropped(String hex) {
        fromRadio(hex);

        assertThat(uplink.takeSent()).isEmpty();
        assertThat(counters.get(DROPPED_DEVICE_MALFORMED)).isEqualTo(1);
    }

    @Test
    void octetsBehindAMessage_areLeftOut() {
        fromRadio(PINGREQ + "0000");

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": 07fe00" + DEVICE_ID + PINGREQ);
    }

    @Test
    void nodeIdThatGetsTooLong_isDropped() {
        fromRadio("fffe00" + "00".repeat(252) + PINGREQ);

        assertThat(uplink.takeSent()).isEmpty();
        assertThat(counters.get(DROPPED_NODE_ID)).isEqualTo(1);
    }

    @Test
    void messageLargerThanTheLinkCarries_isDroppedAndTheNextOneDelivered() {
        radio.largestDatagramOctets = 3;

        fromGateway("07fe00" + DEVICE_ID + "04180001");
        fromGateway("07fe00" + DEVICE_ID + "030500");

        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 030500");
        assertThat(counters.get(DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void messageInTheEnvelopeOfABridge_isMeasuredWithIt() {
        line.largestDatagramOctets = 6;

        fromGateway("07fe00" + "8100" + "1234" + "0217");

        assertThat(line.takeSent()).isEmpty();
        assertThat(counters.get(DROPPED_TOO_LARGE)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a link that is not there,    07fe00 02 02 0102 0217",
        "an address of another link,  07fe00 01 02 0102 0217",
        "no node id of ours,          04fe00 aa 0217",
        "none,                        03fe00 0217"
    })
    void messageForNoDeviceOfOurs_isDropped(String what, String hex) {
        fromGateway(hex.replace(" ", ""));

        assertThat(radio.takeSent()).isEmpty();
        assertThat(line.takeSent()).isEmpty();
        assertThat(counters.get(DROPPED_UNKNOWN_NODE)).isEqualTo(1);
    }

    @Test
    void datagramOfAnotherThanTheGateway_isNotTrusted() {
        relay.onUplink(address("cc"), octets("07fe00" + DEVICE_ID + "0217").asByteBuf(), now());

        assertThat(radio.takeSent()).isEmpty();
        assertThat(counters.get(DROPPED_STRANGER)).isEqualTo(1);
    }

    @Test
    void messageOfTheGatewayForNoDevice_isDropped() {
        fromGateway("0217");
        fromGateway("030207");

        assertThat(counters.get(DROPPED_NOT_ENCAPSULATED)).isEqualTo(2);
    }

    @Test
    void anyOctetsFromTheGatewaysSide_doNoHarm() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(16)];
            random.nextBytes(octets);
            if (octets.length > 2) {
                octets[0] = (byte) random.nextInt(octets.length + 1);
                octets[1] = random.nextBoolean() ? (byte) 0xfe : octets[1];
            }
            relay.onUplink(address(GATEWAY), Octets.of(octets).asByteBuf(), now());
            relay.onDevice(lineLink, address(LINE), Octets.of(octets).asByteBuf(), false, now());
        }
        assertThat(counters.get(DROPPED_GATEWAY_MALFORMED)).isPositive();
        radio.takeSent();

        fromGateway("07fe00" + DEVICE_ID + "0217");

        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 0217");
    }

    @Test
    void withoutAGateway_messagesAreDroppedUntilOneIsThere() {
        names.clear();
        relay = listed("first");
        fromRadio(PINGREQ);
        assertThat(counters.get(DROPPED_NO_GATEWAY)).isEqualTo(1);
        assertThat(relay.trouble()).isEqualTo("the address of udp://first:1883 cannot be found out");

        names.put("first", address(GATEWAY));
        pass(ListedGateways.RETRY);
        uplink.takeSent();
        fromRadio(PINGREQ);

        assertThat(uplink.takeSent()).hasSize(1);
        assertThat(relay.trouble()).isEmpty();
    }

    @Test
    void gatewayNotHeardYet_isProbedAndNoted() {
        pass(Duration.ofMillis(250));

        assertThat(uplink.takeSent()).containsExactly(GATEWAY + ": " + PROBE);
        assertThat(relay.note()).isEqualTo("gateway udp://first:1883 has not been heard yet");
        assertThat(relay.trouble()).isEmpty();

        answerProbe();
        assertThat(relay.note()).isEmpty();
        assertThat(radio.takeSent()).isEmpty();
    }

    @Test
    void gatewayThatCeasesToAnswer_isTroubleUntilItAnswers() {
        answerProbe();
        pass(Silence.IDLE.plus(Silence.PATIENCE).plusSeconds(5));

        assertThat(relay.trouble()).isEqualTo("gateway udp://first:1883 does not answer");
        assertThat(counters.get(GATEWAY_LOSSES)).isEqualTo(1);

        pass(Duration.ofHours(1));
        assertThat(counters.get(GATEWAY_LOSSES)).isEqualTo(1);
        fromGateway("07fe00" + DEVICE_ID + "0217");
        assertThat(relay.trouble()).isEmpty();
    }

    @Test
    void deviceThatIsNotAnswered_doesNotCostTheGatewayTheOthersHave() {
        relay = listed("first", "second");
        for (int second = 0; second < 600; second += 5) {
            fromRadio(PINGREQ);
            pass(Duration.ofSeconds(5));
            if (uplink.takeSent().contains(GATEWAY + ": " + PROBE)) {
                answerProbe();
            }
        }

        assertThat(relay.trouble()).isEmpty();
        fromRadio(PINGREQ);
        assertThat(uplink.takeSent()).allMatch(each -> each.startsWith(GATEWAY));
    }

    @Test
    void gatewayThatAnswersNothing_isReplacedByTheNext() {
        relay = listed("first", "second");
        for (int second = 0; second < 40; second += 10) {
            fromRadio(PINGREQ);
            pass(Duration.ofSeconds(10));
        }
        uplink.takeSent();

        fromRadio(PINGREQ);
        assertThat(uplink.takeSent()).contains(STANDBY + ": 07fe00" + DEVICE_ID + PINGREQ);
        assertThat(relay.trouble()).isEqualTo("gateway udp://first:1883 does not answer");
        assertThat(relay.note()).isEqualTo("gateway udp://second:1883 has not been heard yet");

        relay.onUplink(address(STANDBY), octets("07fe00" + DEVICE_ID + "0217").asByteBuf(), now());
        assertThat(radio.takeSent()).containsExactly(DEVICE + ": 0217");
        assertThat(relay.trouble()).isEmpty();
        assertThat(relay.note()).isEmpty();
    }

    @Test
    void whereNobodyAnswers_eachIsTriedAgainAndAgain() {
        relay = listed("first", "second");
        for (int i = 0; i < 3; i++) {
            fromRadio(PINGREQ);
        }
        pass(Duration.ofMinutes(10));

        assertThat(uplink.takeSent()).contains(GATEWAY + ": " + PROBE, STANDBY + ": " + PROBE);
        assertThat(counters.get(GATEWAY_LOSSES)).isEqualTo(1);
    }

    @Test
    void advertisementsOfTheGateway_reachDevicesAsOftenAsTheirLinkAllows() {
        discover();
        for (int minute = 0; minute < 60; minute++) {
            fromGateway("050007" + "003c");
            pass(Duration.ofMinutes(1));
        }

        assertThat(radio.takeSent()).hasSize(4).containsOnly("all/0: 050007" + "0384");
        assertThat(line.takeSent()).hasSize(4);
    }

    @Test
    void advertisementsOfTheGatewayThatAreRareEnough_allReachDevices() {
        discover();
        for (int time = 0; time < 4; time++) {
            fromGateway("050007" + "0708");
            pass(Duration.ofMinutes(30).minusMillis(500));
        }

        assertThat(radio.takeSent()).hasSize(4).containsOnly("all/0: 050007" + "0708");
    }

    @Test
    void advertisementsOfAnotherGateway_areKeptFromDevices() {
        discover();
        fromGateway("030207");
        relay.onUplink(address(STANDBY), octets("050008" + "0384").asByteBuf(), now());

        assertThat(radio.takeSent()).isEmpty();
        fromRadio(PINGREQ);
        assertThat(uplink.takeSent()).contains(GATEWAY + ": 07fe00" + DEVICE_ID + PINGREQ);
    }

    @Test
    void gatewayThatIsLost_isTroubleUntilAnotherIsFound() {
        discover();
        assertThat(relay.trouble()).isEqualTo("no gateway has made itself known");
        fromGateway("050007" + "003c");
        assertThat(relay.trouble()).isEmpty();

        pass(Duration.ofMinutes(4));
        assertThat(relay.trouble()).isEqualTo("no gateway has made itself known");
        assertThat(counters.get(GATEWAY_LOSSES)).isEqualTo(1);

        relay.onUplink(address(STANDBY), octets("030208").asByteBuf(), now());
        assertThat(relay.trouble()).isEmpty();
        fromRadio(PINGREQ);
        assertThat(uplink.takeSent()).contains(STANDBY + ": 07fe00" + DEVICE_ID + PINGREQ);
    }

    private void discover() {
        relay = started(new DiscoveredGateways(new SplittableRandom(1), question -> {}));
    }

    private Relay listed(String... hosts) {
        List<InetSocketAddress> list = List.of(hosts).stream()
                .map(host -> InetSocketAddress.createUnresolved(host, 1883))
                .toList();
        return started(new ListedGateways(
                list,
                (name, answer) -> answer.on(
                        names.containsKey(name.getHostString())
                                ? List.of(names.getOrDefault(name.getHostString(), address("")))
                                : List.of(),
                        now())));
    }

    private Relay started(GatewayChoice gateways) {
        Relay started = new Relay(uplink, List.of(radioLink, lineLink), gateways, counters, now());
        started.start(now());
        return started;
    }

    private void fromRadio(String hex) {
        relay.onDevice(radioLink, address(DEVICE), octets(hex).asByteBuf(), false, now());
    }

    private void fromLine(String hex) {
        relay.onDevice(lineLink, address(LINE), octets(hex).asByteBuf(), false, now());
    }

    private void fromGateway(String hex) {
        relay.onUplink(address(GATEWAY), octets(hex).asByteBuf(), now());
    }

    private void answerProbe() {
        fromGateway("05fe003f00" + "030207");
    }

    private void pass(Duration duration) {
        Duration step = Duration.ofMillis(250);
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(step)) {
            time.advance(step);
            relay.onTick(now());
        }
    }

    private long now() {
        return time.nowNanos();
    }

    private static Octets octets(String hex) {
        return Octets.ofHex(hex);
    }

    private static LinkAddress address(String hex) {
        return MemoryTransport.Address.of(hex);
    }
}

package io.causeway.simulator.radio;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.PingResp;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.ReceivePacket64;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.radio.xbee.frame.TransmitRequest64;
import io.causeway.radio.xbee.frame.TransmitStatus;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class XBeeNetworkTest {
    private static final Duration SECOND = XBeeRig.SECOND;
    private static final Packet PING = new PingReq("");
    private static final Packet PONG = new PingResp();
    private static final Packet CONNACK = new ConnAck(ReturnCode.ACCEPTED);
    private static final String CONNACK_OCTETS = "030500";

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void messagesOfNodesAndToThem_pass(int ap) throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().ap(ap)).startUp();
        TestSensor sensor = rig.sensor();

        XBeeRig.send(sensor, PING);
        rig.pass(SECOND);
        ReceivePacket received = rig.take(ReceivePacket.class).get(0);
        assertThat(received.payload()).hasToString("0216");
        assertThat(received.options()).isEqualTo(1);

        rig.send(new TransmitRequest(7, received.source64(), received.source16(), 0, 0, XBeeRig.octets(CONNACK)));
        rig.pass(SECOND);
        assertThat(sensor.received).containsExactly(CONNACK_OCTETS);
        assertThat(rig.take(ExtendedTransmitStatus.class))
                .containsExactly(new ExtendedTransmitStatus(7, received.source16(), 0, 0, 0));
        assertThat(rig.network.complaints()).isEmpty();
    }

    @Test
    void commands_areAnsweredAsByAnS2C() {
        XBeeRig rig = new XBeeRig(new XBeeBuilder());
        assertThat(rig.network.isReady()).isFalse();
        rig.send(new AtCommand(1, "AP", Octets.EMPTY));
        rig.send(new AtCommand(2, "HV", Octets.EMPTY));
        rig.send(new AtCommand(3, "NP", Octets.EMPTY));
        rig.send(new AtCommand(4, "ZZ", Octets.EMPTY));
        rig.send(new AtCommand(5, "HV", Octets.of((byte) 1)));
        rig.send(new AtCommand(6, "AI", Octets.EMPTY));
        rig.pass(SECOND);

        assertThat(rig.take(AtResponse.class))
                .extracting(answer -> answer.command() + " " + answer.status() + " " + answer.value())
                .containsExactly("AP 0 02", "HV 0 2e47", "NP 0 0054", "ZZ 2 ", "HV 3 ", "AI 0 00");
        assertThat(rig.network.isReady()).isTrue();
    }

    @Test
    void otherApiMode_isTakenAtOnceAndLostWithoutWriting() {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().ap(1));
        rig.send(new AtCommand(1, "AP", Octets.of((byte) 2)));
        rig.pass(SECOND);
        assertThat(rig.take(AtResponse.class)).singleElement().matches(answer -> answer.status() == 0);

        rig.network.onUnplugged();
        rig.network.onPlugged(rig.time.nowNanos());
        rig.send(new AtCommand(2, "AP", Octets.EMPTY));
        rig.pass(SECOND);
        assertThat(rig.take(AtResponse.class))
                .singleElement()
                .matches(answer -> answer.value().number() == 1);
    }

    @Test
    void ieee802154_hasFramesOfItsOwn() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().family(Family.IEEE_802_15_4)).startUp();
        TestSensor sensor = rig.sensor();
        XBeeRig.send(sensor, PING);
        rig.pass(SECOND);
        long address = rig.take(ReceivePacket64.class).get(0).source64();

        rig.send(new TransmitRequest64(3, address, 0, XBeeRig.octets(CONNACK)));
        rig.pass(SECOND);
        assertThat(sensor.received).containsExactly(CONNACK_OCTETS);
        assertThat(rig.take(TransmitStatus.class)).containsExactly(new TransmitStatus(3, 0));

        rig.send(4, sensor, CONNACK);
        rig.pass(SECOND);
        assertThat(rig.network.complaints()).singleElement().asString().contains("this firmware does not know");
    }

    @Test
    void lostOnTheAir_isTriedThriceAndFailsThoughSomeArrive() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder()).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        XBeeRig lossy = new XBeeRig(new XBeeBuilder().loss(1)).startUp();
        TestSensor unheard = lossy.sensor();
        unheard.address64 = sensor.address64;

        for (int id = 1; id <= 100; id++) {
            lossy.send(id, unheard, CONNACK);
            lossy.pass(Duration.ofMillis(100));
        }
        assertThat(lossy.statuses()).hasSize(100).containsOnly(0x21);
        assertThat(unheard.received).hasSizeBetween(15, 45);

        XBeeRig.send(unheard, PING);
        lossy.pass(SECOND);
        assertThat(lossy.heard).isEmpty();
    }

    @Test
    void moreThanTheBuffers_isRefusedAtOnce() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().polling(Duration.ofSeconds(5))).startUp();
        for (int id = 1; id <= 6; id++) {
            TestSensor sensor = rig.sensor();
            sensor.address64 = 0x0013A200_41000000L + id;
            rig.send(id, sensor, CONNACK);
        }
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.statuses()).containsExactly(0x32, 0x32);

        rig.pass(Duration.ofSeconds(6));
        assertThat(rig.take(ExtendedTransmitStatus.class))
                .hasSize(4)
                .allMatch(status -> status.status() == 0 && (status.discovery() & 0x40) != 0);
    }

    @Test
    void nodeThatJoinedAgain_isNotFoundAtItsOldAddress() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().rejoining(Duration.ofSeconds(10))).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        rig.pass(Duration.ofMinutes(2));

        rig.send(new TransmitRequest(1, sensor.address64, sensor.address16, 0, 0, XBeeRig.octets(CONNACK)));
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.statuses()).containsExactly(0x24);
        assertThat(sensor.received).isEmpty();

        rig.send(2, sensor, CONNACK);
        rig.pass(SECOND);
        ExtendedTransmitStatus status = rig.take(ExtendedTransmitStatus.class).get(0);
        assertThat(status.status()).isZero();
        assertThat(status.address16()).isNotEqualTo(sensor.address16);
        assertThat(sensor.received).hasSize(1);
        assertThat(rig.network.complaints()).isEmpty();
    }

    @Test
    void sensorThatIsSwitchedOff_isNotFound() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder()).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        sensor.socket.close();

        rig.send(1, sensor, CONNACK);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.statuses()).containsExactly(0x24);
        assertThat(rig.network.complaints()).isEmpty();
    }

    @Test
    void statuses_failByLotAndGetLost() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().failedStatuses(0.5).lostStatuses(0.2)).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        for (int id = 1; id <= 200; id++) {
            rig.send(id, sensor, CONNACK);
            rig.pass(Duration.ofMillis(100));
        }
        List<Integer> statuses = rig.statuses().toList();
        assertThat(statuses).hasSizeBetween(140, 180);
        assertThat(statuses.stream().filter(status -> status != 0).distinct()).hasSizeGreaterThan(4);
        assertThat(sensor.received).hasSizeBetween(80, 120);
    }

    @Test
    void messagesOfNodes_areDoubled() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().duplication(1)).startUp();
        XBeeRig.send(rig.sensor(), PING);
        rig.pass(SECOND);
        assertThat(rig.take(ReceivePacket.class)).hasSize(2);
    }

    @Test
    void busyAir_carriesNoMoreThanItsRate() throws IOException {
        AirConditions slow = new AirConditions(30_000, Duration.ofMillis(10), 0, 0);
        XBeeRig rig = new XBeeRig(new XBeeBuilder().air(slow)).startUp();
        TestSensor sensor = rig.sensor();
        for (int i = 0; i < 1_000; i++) {
            XBeeRig.send(sensor, PING);
            rig.pass(Duration.ofMillis(5));
        }
        assertThat(rig.take(ReceivePacket.class)).hasSizeBetween(430, 450); // of 42 octets each in 5 s
    }

    @Test
    void messageOfANodeThatIsTooLong_isRefusedByItsRadio() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder());
        TestSensor sensor = rig.sensor();
        sensor.socket.send(Unpooled.wrappedBuffer(new byte[85]));
        assertThat(sensor.troubles).containsExactly("a radio carries 84 octets, not 85");
    }

    @Test
    void radioThatStartsAgain_forgetsWhatItOwes() throws IOException {
        XBeeRig rig = new XBeeRig(
                        new XBeeBuilder().polling(Duration.ofSeconds(20)).resetting(Duration.ofSeconds(10)))
                .startUp();
        TestSensor sensor = rig.sensor();
        sensor.address64 = 0x0013A200_41000001L;
        rig.send(1, sensor, CONNACK);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.heard).contains(new ModemStatus(0), new ModemStatus(6));
        assertThat(rig.take(ExtendedTransmitStatus.class)).hasSizeLessThanOrEqualTo(1);
        assertThat(sensor.received).hasSize(1);
    }

    @Test
    void unplugged_losesWhatIsUnderWayAndIsReadyAnew() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder()).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        rig.send(1, sensor, CONNACK);
        rig.uart.cut(rig.time.nowNanos());
        rig.network.onUnplugged();
        XBeeRig.send(sensor, PING);
        rig.pass(SECOND);
        assertThat(rig.heard).isEmpty();
        assertThat(sensor.received).isEmpty();

        rig.network.onPlugged(rig.time.nowNanos());
        assertThat(rig.network.isReady()).isFalse();
        rig.pass(SECOND);
        rig.startUp();
        assertThat(rig.network.isReady()).isTrue();
    }

    @Test
    void transparentRadio_answersToItsEscapeOnly() {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().ap(0));
        rig.send(new AtCommand(1, "AP", Octets.EMPTY));
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.text.toString()).isEmpty();

        rig.write("+++");
        rig.pass(Duration.ofMillis(1_100));
        rig.write("ATAP\r");
        rig.write("ATZZ\r");
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.text.toString()).isEqualTo("OK\r0\rERROR\r");

        rig.write("ATAP2\r");
        rig.write("ATCN\r");
        rig.pass(SECOND);
        rig.startUp();
        assertThat(rig.network.isReady()).isTrue();
    }

    @Test
    void transparentRadio_wantsSilenceAroundItsEscape() {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().ap(0));
        rig.write("x+++");
        rig.pass(Duration.ofSeconds(2));
        rig.write("+++");
        rig.pass(Duration.ofMillis(500));
        rig.write("x");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.text.toString()).isEmpty();
    }

    @Test
    void radioAtAnotherRate_answersNonsense() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder().atAnotherRate());
        rig.send(new AtCommand(1, "AP", Octets.EMPTY));
        XBeeRig.send(rig.sensor(), PING);
        rig.pass(SECOND);
        assertThat(rig.text).isNotEmpty();
        assertThat(rig.heard).isEmpty();
        assertThat(rig.network.isReady()).isFalse();
    }

    @Test
    void damagedLine_damagesSomeOfItsFrames() throws IOException {
        LineConditions bad = new LineConditions(115_200, true, true, 0.2, 0.1, 0.1);
        XBeeRig rig = new XBeeRig(new XBeeBuilder(), bad).startUp();
        TestSensor sensor = rig.sensor();
        for (int i = 0; i < 1_000; i++) {
            XBeeRig.send(sensor, PING);
            rig.pass(Duration.ofMillis(50));
        }
        assertThat(rig.take(ReceivePacket.class)).hasSizeBetween(700, 850);
    }

    @Test
    void sameSeed_sameRun() throws IOException {
        assertThat(chaos()).isEqualTo(chaos());
    }

    private static List<RadioFrame> chaos() throws IOException {
        XBeeRig rig = new XBeeRig(
                        new XBeeBuilder()
                                .loss(0.1)
                                .duplication(0.1)
                                .failedStatuses(0.1)
                                .lostStatuses(0.1),
                        new LineConditions(38_400, true, true, 0.1, 0.1, 0.1))
                .startUp();
        TestSensor sensor = rig.sensor();
        sensor.address64 = 0x0013A200_41000001L;
        for (int i = 0; i < 300; i++) {
            XBeeRig.send(sensor, PING);
            rig.send(1 + i % 255, sensor, CONNACK);
            rig.pass(Duration.ofMillis(100));
        }
        return rig.heard;
    }

    @Test
    void properGateway_isNotComplainedAbout() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder()).startUp();
        TestSensor sensor = rig.sensorThatSends(new Disconnect(60));
        rig.send(1, sensor, Disconnect.plain());
        rig.pass(SECOND);
        XBeeRig.send(sensor, new PingReq("client"));
        rig.pass(SECOND);
        rig.send(2, sensor, new RegAck(1, 1, ReturnCode.ACCEPTED));
        rig.send(3, sensor, PONG);
        rig.send(broadcast(4, 1));
        rig.pass(Duration.ofMillis(1_100));
        rig.send(broadcast(5, 0));
        rig.pass(SECOND);
        assertThat(rig.network.complaints()).isEmpty();
    }

    private static TransmitRequest broadcast(int frameId, int radius) {
        return new TransmitRequest(
                frameId, RadioAddresses.BROADCAST_64, RadioAddresses.UNKNOWN_16, radius, 0, XBeeRig.octets(PONG));
    }

    @Test
    void whatAGatewayMustNotDo_isComplainedAbout() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder());
        rig.send(broadcast(9, 0));
        rig.pass(SECOND);
        rig.startUp();
        TestSensor sensor = rig.sensorThatSends(new Disconnect(60));
        rig.send(broadcast(9, 31));
        rig.send(broadcast(10, 0));
        rig.send(1, sensor, Disconnect.plain());
        rig.send(1, sensor, CONNACK);
        rig.send(0, sensor, PONG);
        rig.send(2, sensor, new SearchGw(0));
        TestSensor stranger = new TestSensor();
        stranger.address64 = 42;
        rig.send(3, stranger, PONG);
        rig.send(new TransmitRequest(4, sensor.address64, sensor.address16 ^ 1, 0, 0, Octets.of(new byte[85])));
        rig.write("+++");
        rig.pass(SECOND);

        assertThat(rig.network.complaints())
                .extracting(complaint -> complaint.substring(0, complaint.indexOf(',')))
                .containsExactly(
                        "the gateway sent before it had asked the radio whether it is ready",
                        "the gateway sent a broadcast too far",
                        "the gateway sent more than one broadcast per second",
                        "the gateway spoke to a sleeping client",
                        "the gateway used a frame id again before its status",
                        "the gateway asked for no status",
                        "the gateway sent something that is not one message of a gateway",
                        "the gateway sent to a node that has never been there",
                        "the gateway sent more than a radio carries",
                        "the gateway sent to a 16-bit address that the node has never had",
                        "the gateway sent what a radio drops without a word");
    }

    @Test
    void withoutFlowControl_octetsThatAreTooMuchAreLost() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder(), new LineConditions(9_600, false, false, 0, 0, 0)).startUp();
        TestSensor sensor = rig.sensorThatSends(PING);
        for (int id = 1; id <= 20; id++) {
            rig.send(id, sensor, CONNACK);
        }
        rig.pass(Duration.ofSeconds(2));
        assertThat(sensor.received).hasSizeLessThan(10);
        assertThat(rig.network.complaints()).singleElement().asString().contains("faster than the radio reads");
    }

    @Test
    void gatewayThatHearsTheRadioStart_needNotAskAgain() throws IOException {
        XBeeRig rig = new XBeeRig(new XBeeBuilder()).startUp();
        TestSensor sensor = rig.sensor();
        rig.network.onUnplugged();
        rig.network.onPlugged(rig.time.nowNanos());

        rig.send(new AtCommand(1, "AP", Octets.EMPTY)); // the radio is there, and looks for its network
        rig.pass(SECOND);
        rig.send(1, sensor, PONG);

        assertThat(rig.network.complaints()).isEmpty();
    }
}

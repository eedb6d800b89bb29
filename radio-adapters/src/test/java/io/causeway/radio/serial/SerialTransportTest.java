package io.causeway.radio.serial;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameFault;
import io.causeway.radio.framing.Framing;
import io.causeway.radio.port.LineSettings;
import io.causeway.radio.port.LineSettings.FlowControl;
import io.causeway.radio.port.PortSelector;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class SerialTransportTest {
    private static final String CONNECT = "0e040401003c6e6f64652d303031";
    private static final String CONNACK = "030500";
    private static final String FORWARDED_PINGREQ = "06fe00aabbcc" + "0216";
    private static final LineSettings LINE =
            new LineSettings(PortSelector.parse("/dev/ttyUSB0"), 115_200, FlowControl.NONE);

    private final EventExecutor loop = new DefaultEventExecutor();
    private final MadeUpLine line = new MadeUpLine(loop);
    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final SerialTransport transport = transport(SerialSettings.on(LINE, Framing.SLIP));

    private SerialTransport transport(SerialSettings settings) {
        return new SerialTransport(settings, line, loop, nowNanos::get);
    }

    private static SerialSettings settings(Framing framing, Encapsulation encapsulation, int maxPacketOctets) {
        return new SerialSettings(
                LINE, framing, encapsulation, 0, maxPacketOctets, Duration.ofMillis(20), Duration.ZERO);
    }

    @AfterEach
    void stopLoop() throws InterruptedException {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
    }

    private void open(SerialTransport link) throws Exception {
        link.open(inbox());
        line.comeUp();
    }

    private DatagramListener inbox() {
        return (from, datagram, multicast) -> received.add(from + " " + ByteBufUtil.hexDump(datagram));
    }

    private LinkAddress peer() {
        return transport.at(new byte[0]).orElseThrow();
    }

    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    @Test
    void messageOfTheLine_isADatagramOfItsOnePeer() throws Exception {
        open(transport);

        line.receive("c0" + CONNECT.substring(0, 6));
        line.receive(CONNECT.substring(6) + "c0");

        assertThat(received).containsExactly("/dev/ttyUSB0 " + CONNECT);
        assertThat(transport.counters()).isEqualTo(new LinkCounters(1, 14, 0, 0, 0, 0, 0, 0, 0, -1));
    }

    @Test
    void answer_goesOverTheLine() throws Exception {
        open(transport);

        transport.send(peer(), octets(CONNACK));

        assertThat(line.written).containsExactly("c0" + CONNACK + "c0");
        assertThat(transport.counters()).isEqualTo(new LinkCounters(0, 0, 0, 1, 3, 0, 0, 0, 0, -1));
    }

    @Test
    void whatCannotBeSent_isCountedByItsCause() throws Exception {
        open(transport);
        ByteBuf tooLong = Unpooled.wrappedBuffer(new byte[SerialSettings.DEFAULT_MAX_PACKET_OCTETS + 1]);
        transport.send(peer(), tooLong);
        line.isFull = true;
        transport.send(peer(), octets(CONNACK));
        line.goDown("pulled");
        ByteBuf lost = octets(CONNACK);
        transport.send(peer(), lost);

        assertThat(transport.counters()).isEqualTo(new LinkCounters(0, 0, 0, 0, 0, 1, 1, 1, 0, -1));
        assertThat(tooLong.refCnt() + lost.refCnt()).isZero();
    }

    @Test
    void messagesLostWithThePort_areCountedAsFailed() throws Exception {
        open(transport);

        line.lose(2);

        assertThat(transport.counters().sendFailures()).isEqualTo(2);
    }

    @Test
    void state_isThatOfTheLine() throws Exception {
        assertThat(transport.state()).isEqualTo(new LinkState.Down("closed"));
        transport.open(inbox());
        assertThat(transport.state()).isEqualTo(new LinkState.Down("its port is being opened"));
        assertThat(transport.endpoints()).isEmpty();

        line.comeUp();
        assertThat(transport.state()).isEqualTo(LinkState.UP);
        assertThat(transport.endpoints()).containsExactly("/dev/ttyUSB0 at 115200 bit/s");

        line.goDown("/dev/ttyUSB0 is not there");
        assertThat(transport.state()).isEqualTo(new LinkState.Down("/dev/ttyUSB0 is not there"));

        transport.close();
        assertThat(line.isClosed).isTrue();
        assertThat(transport.state()).isEqualTo(new LinkState.Down("closed"));
    }

    @Test
    void noiseForAWhile_degradesTheLinkUntilAMessageComes() throws Exception {
        open(transport);
        line.receive("a5".repeat(200) + "c0");
        nowNanos.addAndGet(Duration.ofSeconds(9).toNanos());
        line.receive("a5c0");
        assertThat(transport.state()).isEqualTo(LinkState.UP);

        nowNanos.addAndGet(Duration.ofSeconds(1).toNanos());
        line.receive("a5c0");
        assertThat(transport.state())
                .isEqualTo(new LinkState.Degraded(
                        "octets arrive but no message: are 115200 bit/s and framing slip right?"));

        line.receive(CONNECT + "c0");
        assertThat(transport.state()).isEqualTo(LinkState.UP);
        assertThat(transport.frames().discardedOctets()).isEqualTo(202);
        assertThat(transport.frames().badFrames()).containsEntry(FrameFault.NO_MESSAGE, 3L);
    }

    @Test
    void bootTextAndAFewGlitches_degradeNothing() throws Exception {
        open(transport);
        line.receive("a5".repeat(2_000) + "c0" + CONNECT + "c0a5c0");
        nowNanos.addAndGet(Duration.ofHours(1).toNanos());
        line.receive("a5c0");

        assertThat(transport.state()).isEqualTo(LinkState.UP);
    }

    @Test
    void messageBehindNoiseOnARawLine_comesWhenTheLineIsSilent() throws Exception {
        SerialTransport raw = transport(settings(Framing.RAW, Encapsulation.AUTO, 512));
        open(raw);

        line.receive("ff" + CONNECT);
        assertThat(received).isEmpty();
        nowNanos.addAndGet(Duration.ofMillis(20).toNanos());

        await().untilAsserted(() -> assertThat(received).containsExactly("/dev/ttyUSB0 " + CONNECT));
    }

    @Test
    void broadcast_isOneMessageToThePeer() throws Exception {
        open(transport);

        transport.broadcast(octets("0500010384"), 1);

        assertThat(line.written).containsExactly("c0" + "0500010384" + "c0");
    }

    @Test
    void broadcastToAForwarder_isInAnEnvelopeForAllItsNodes() throws Exception {
        open(transport);
        line.receive("c0" + FORWARDED_PINGREQ + "c0");

        transport.broadcast(octets("0500010384"), 9);

        assertThat(line.written).containsExactly("c0" + "06fe03ffffff" + "0500010384" + "c0");
    }

    @Test
    void broadcastWhereAllIsInEnvelopes_isInOneFromTheBeginning() throws Exception {
        SerialTransport forwarder = transport(settings(Framing.SLIP, Encapsulation.ALWAYS, 512));
        open(forwarder);

        forwarder.broadcast(octets("0500010384"), 0);

        assertThat(line.written).containsExactly("c0" + "05fe00ffff" + "0500010384" + "c0");
    }

    @Test
    void listenerThatFails_costsOnlyThatMessage() throws Exception {
        transport.open((from, datagram, multicast) -> {
            received.add(ByteBufUtil.hexDump(datagram));
            throw new IllegalStateException("a bug, for a test");
        });
        line.comeUp();

        line.receive("c0" + CONNECT + "c0" + CONNECT + "c0");

        assertThat(received).hasSize(2);
        assertThat(transport.counters().listenerErrors()).isEqualTo(2);
    }

    @Test
    void peer_isFoundAgainByWhatIsStoredOfIt() {
        LinkAddress peer = peer();

        assertThat(transport.find(peer.storedForm())).contains(peer);
        assertThat(transport.at(peer.octets())).contains(peer);
        assertThat(transport.find("127.0.0.1:1883")).isEmpty();
        assertThat(transport.at(new byte[] {1})).isEmpty();
        assertThat(peer.admissionKey()).isEqualTo(peer);
        assertThat(transport.largestDatagramOctets(peer)).isEqualTo(512);
    }

    @Test
    void addressOfAnotherLine_isABugOfTheCaller() {
        LineSettings other = new LineSettings(PortSelector.parse("/dev/ttyUSB1"), 9_600, FlowControl.NONE);
        LinkAddress elsewhere =
                transport(SerialSettings.on(other, Framing.RAW)).at(new byte[0]).orElseThrow();
        ByteBuf datagram = octets(CONNACK);

        assertThatThrownBy(() -> transport.send(elsewhere, datagram)).isInstanceOf(IllegalArgumentException.class);
        assertThat(datagram.refCnt()).isZero();
    }

    @Test
    void secondOpening_isABugOfTheCaller() {
        transport.open(inbox());

        assertThatThrownBy(() -> transport.open(inbox())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void settingsThatCannotBe_areRefused() {
        assertThatThrownBy(() -> new SerialSettings(
                        LINE, Framing.RAW, Encapsulation.AUTO, 1, 512, Duration.ofMillis(100), Duration.ZERO))
                .hasMessage("prefix octets need a framing of slip or slip-crc");
        assertThatThrownBy(() -> new SerialSettings(
                        LINE, Framing.SLIP, Encapsulation.AUTO, 0, 512, Duration.ofMillis(100), Duration.ofMillis(-1)))
                .hasMessage("sendGap is below zero: PT-0.001S");
        assertThatThrownBy(() -> settings(Framing.RAW, Encapsulation.AUTO, 31))
                .hasMessage("maxPacketOctets must be 32 to 65535: 31");
    }
}

package io.causeway.simulator.radio;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.FrameDecoder;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.simulator.network.SensorSocket;
import io.causeway.testkit.VirtualTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** An emulated XBee network in virtual time, with a test for a gateway. */
final class XBeeRig {
    static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(1);
    private static final long SEED = 1;

    final VirtualTime time = new VirtualTime();
    final List<RadioFrame> heard = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final Uart uart;
    final XBeeNetwork network;
    private final Agenda agenda = new Agenda();
    private final ApiMode mode;
    private final FrameDecoder<RadioFrame> decoder;

    XBeeRig(XBeeBuilder conditions) {
        this(conditions, LineConditions.clean(115_200));
    }

    XBeeRig(XBeeBuilder conditions, LineConditions line) {
        mode = conditions.ap == 1 ? ApiMode.UNESCAPED : ApiMode.ESCAPED;
        decoder = FrameDecoder.ofRadio(mode, heard::add);
        uart = new Uart(line, agenda, new SplittableRandom(SEED), this::hear, time.nowNanos());
        network = new XBeeNetwork(conditions.build(), line, uart, agenda, new SplittableRandom(SEED), time::nowNanos);
        network.onPlugged(time.nowNanos());
        pass(SECOND);
    }

    /** As a gateway does that wants to know its radio. */
    XBeeRig startUp() {
        send(new AtCommand(1, "AP", Octets.EMPTY));
        send(new AtCommand(2, "AI", Octets.EMPTY));
        pass(SECOND);
        heard.clear();
        return this;
    }

    private void hear(ByteBuf octets) {
        text.append(octets.toString(StandardCharsets.US_ASCII));
        decoder.decode(octets.slice(), time.nowNanos());
    }

    void send(HostFrame frame) {
        write(mode.encode(frame));
    }

    void write(ByteBuf octets) {
        uart.receive(octets, network, time.nowNanos());
    }

    void write(String ascii) {
        write(Unpooled.copiedBuffer(ascii, StandardCharsets.US_ASCII));
    }

    /** To a node, by its 64-bit address alone. */
    void send(int frameId, TestSensor to, Packet packet) {
        send(new TransmitRequest(frameId, to.address64, RadioAddresses.UNKNOWN_16, 0, 0, octets(packet)));
    }

    static Octets octets(Packet packet) {
        ByteBuf buffer = Unpooled.buffer();
        PacketCodec.encode(packet, buffer);
        return Octets.read(buffer);
    }

    void pass(Duration duration) {
        long endNanos = time.nowNanos() + duration.toNanos();
        while (time.nowNanos() - endNanos < 0) {
            time.advance(STEP);
            agenda.advance(time.nowNanos());
        }
    }

    /** What the gateway has heard of a type since it was last asked. */
    <F extends RadioFrame> List<F> take(Class<F> type) {
        List<F> taken = heard.stream().filter(type::isInstance).map(type::cast).toList();
        heard.clear();
        return taken;
    }

    Stream<Integer> statuses() {
        return take(ExtendedTransmitStatus.class).stream().map(ExtendedTransmitStatus::status);
    }

    /** A sensor on a node of its own. */
    TestSensor sensor() throws IOException {
        TestSensor sensor = new TestSensor();
        sensor.socket = network.open(sensor);
        return sensor;
    }

    /** Lets a sensor send, and learns its address from what arrives. */
    TestSensor sensorThatSends(Packet packet) throws IOException {
        TestSensor sensor = sensor();
        send(sensor, packet);
        pass(SECOND);
        ReceivePacket received = take(ReceivePacket.class).get(0);
        sensor.address64 = received.source64();
        sensor.address16 = received.source16();
        return sensor;
    }

    static void send(TestSensor sensor, Packet packet) {
        ByteBuf buffer = Unpooled.buffer();
        PacketCodec.encode(packet, buffer);
        SensorSocket socket = sensor.socket;
        socket.send(buffer);
    }
}

package io.causeway.simulator.radio;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.framing.Framing;
import io.causeway.testkit.VirtualTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SerialSensorsTest {
    private static final Packet CONNACK = new ConnAck(ReturnCode.ACCEPTED);
    private static final String CONNACK_OCTETS = "030500";

    private final VirtualTime time = new VirtualTime();
    private final Agenda agenda = new Agenda();
    private final ByteBuf heard = Unpooled.buffer();
    private final LineConditions line = LineConditions.clean(115_200);
    private final Uart uart = new Uart(line, agenda, new SplittableRandom(1), heard::writeBytes, time.nowNanos());

    private SerialSensors sensors(Framing framing, boolean isShared, double loss) {
        SerialConditions conditions = new SerialConditions(framing, isShared, loss, 0, 1_024);
        SerialSensors sensors = new SerialSensors(conditions, line, uart, new SplittableRandom(1), time::nowNanos);
        sensors.onPlugged(time.nowNanos());
        return sensors;
    }

    private static TestSensor join(SerialSensors sensors) throws IOException {
        TestSensor sensor = new TestSensor();
        sensor.socket = sensors.open(sensor);
        return sensor;
    }

    private void write(SerialSensors sensors, Framing framing, Packet packet) {
        ByteBuf message = PacketCodec.encode(packet).asByteBuf();
        ByteBuf frame = Unpooled.buffer(framing.mostOctets(message.readableBytes()));
        framing.encode(message, frame);
        uart.receive(frame, sensors, time.nowNanos());
        pass();
    }

    private void pass() {
        time.advance(Duration.ofSeconds(1));
        agenda.advance(time.nowNanos());
    }

    @ParameterizedTest
    @CsvSource({"RAW, 0216", "SLIP, c00216c0", "SLIP_CRC, c002169514c0"})
    void sensorAlone_hasTheLineForItself(Framing framing, String ping) throws IOException {
        SerialSensors sensors = sensors(framing, false, 0);
        TestSensor sensor = join(sensors);
        XBeeRig.send(sensor, new PingReq(""));
        pass();
        assertThat(ByteBufUtil.hexDump(heard)).isEqualTo(ping);

        write(sensors, framing, CONNACK);
        assertThat(sensor.received).containsExactly(CONNACK_OCTETS);
        assertThat(sensors.complaints()).isEmpty();
        assertThatThrownBy(() -> join(sensors)).isInstanceOf(IOException.class);
    }

    @Test
    void severalSensors_areToldApartByTheirEnvelopes() throws IOException {
        SerialSensors sensors = sensors(Framing.RAW, true, 0);
        TestSensor first = join(sensors);
        TestSensor second = join(sensors);
        XBeeRig.send(second, new PingReq(""));
        pass();
        assertThat(ByteBufUtil.hexDump(heard)).isEqualTo("05fe000002" + "0216");

        Octets nodeId = Octets.of(new byte[] {0, 2});
        write(sensors, Framing.RAW, new Encapsulated(0, nodeId, PacketCodec.encode(CONNACK)));
        assertThat(first.received).isEmpty();
        assertThat(second.received).containsExactly(CONNACK_OCTETS);
        assertThat(sensors.complaints()).isEmpty();

        second.socket.close();
        write(sensors, Framing.RAW, new Encapsulated(0, nodeId, PacketCodec.encode(CONNACK)));
        assertThat(second.received).hasSize(1);
    }

    @Test
    void whatASensorSends_isComplainedAboutWhenAGatewayDoes() throws IOException {
        SerialSensors sensors = sensors(Framing.SLIP_CRC, false, 0);
        join(sensors);
        write(sensors, Framing.SLIP_CRC, new SearchGw(0));
        assertThat(sensors.complaints())
                .singleElement()
                .asString()
                .startsWith("the gateway sent octets that are no message");
    }

    @Test
    void badWayToTheSensors_losesMessages() throws IOException {
        SerialSensors sensors = sensors(Framing.SLIP, false, 1);
        TestSensor sensor = join(sensors);
        XBeeRig.send(sensor, new PingReq(""));
        write(sensors, Framing.SLIP, CONNACK);
        assertThat(heard.isReadable()).isFalse();
        assertThat(sensor.received).isEmpty();
    }

    @Test
    void pulled_nothingPasses() throws IOException {
        SerialSensors sensors = sensors(Framing.SLIP, false, 0);
        TestSensor sensor = join(sensors);
        sensors.onUnplugged();
        XBeeRig.send(sensor, new PingReq(""));
        pass();
        assertThat(heard.isReadable()).isFalse();
        assertThat(sensors.isReady()).isFalse();
    }
}

package io.causeway.simulator.radio;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameDecoder;
import io.causeway.radio.framing.FrameMeter;
import io.causeway.radio.framing.FrameSettings;
import io.causeway.radio.framing.Sender;
import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.SensorSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Sensors on a serial line: one alone, or several behind a forwarder. Owned by the thread of the run. */
final class SerialSensors implements Device {
    private static final int NODE_ID_OCTETS = 2;
    private static final int MOST_NODES = 0xFFFE;

    private final SerialConditions conditions;
    private final Uart uart;
    private final SplittableRandom random;
    private final LongSupplier clock;
    private final FrameMeter meter = new FrameMeter();
    private final FrameDecoder decoder;
    private final Complaints complaints;
    private final Map<Octets, DatagramReceiver> sensors = new HashMap<>();
    private int joined;
    private boolean isPlugged;

    SerialSensors(
            SerialConditions conditions, LineConditions line, Uart uart, SplittableRandom random, LongSupplier clock) {
        this.conditions = conditions;
        this.uart = uart;
        this.random = random;
        this.clock = clock;
        this.complaints = new Complaints(clock.getAsLong());
        this.decoder = conditions
                .framing()
                .decoder(
                        new FrameSettings(
                                Sender.GATEWAY,
                                conditions.isShared() ? Encapsulation.ALWAYS : Encapsulation.NEVER,
                                0,
                                conditions.largestPacketOctets(),
                                conditions.framing().defaultInterOctetTimeout(line.bitsPerSecond())),
                        meter,
                        this::onMessage);
    }

    @Override
    public SensorSocket open(DatagramReceiver sensor) throws IOException {
        if (joined == MOST_NODES || (joined > 0 && !conditions.isShared())) {
            throw new IOException("the line has no more addresses");
        }
        Octets nodeId = nodeId(++joined);
        sensors.put(nodeId, sensor);
        return new SensorSocket() {
            @Override
            public void send(ByteBuf datagram) {
                sendFrom(nodeId, datagram);
            }

            @Override
            public void close() {
                sensors.remove(nodeId);
            }
        };
    }

    private static Octets nodeId(int number) {
        return Octets.copyOf(Unpooled.buffer(NODE_ID_OCTETS).writeShort(number));
    }

    private void sendFrom(Octets nodeId, ByteBuf datagram) {
        if (!isPlugged || random.nextDouble() < conditions.loss()) {
            return;
        }
        send(nodeId, datagram);
        if (random.nextDouble() < conditions.duplication()) {
            send(nodeId, datagram);
        }
    }

    private void send(Octets nodeId, ByteBuf datagram) {
        long nowNanos = clock.getAsLong();
        if (!uart.hasRoom(nowNanos)) {
            return;
        }
        ByteBuf message = datagram.slice();
        if (conditions.isShared()) {
            Octets packet = Octets.copyOf(message);
            message = PacketCodec.encode(new Encapsulated(0, nodeId, packet)).asByteBuf();
        }
        ByteBuf frame = Unpooled.buffer(conditions.framing().mostOctets(message.readableBytes()));
        conditions.framing().encode(message, frame);
        uart.send(frame, nowNanos);
    }

    @Override
    public void onPlugged(long nowNanos) {
        isPlugged = true;
        decoder.reset();
    }

    @Override
    public void onUnplugged() {
        isPlugged = false;
    }

    @Override
    public void onOctets(ByteBuf octets, long nowNanos) {
        long before = meter.discardedOctets();
        decoder.onTime(nowNanos);
        decoder.decode(octets, nowNanos);
        long discarded = meter.discardedOctets() - before;
        if (discarded > 0 && uart.overrunOctets() == 0) {
            complaints.add("sent octets that are no message", discarded + " of them", nowNanos);
        }
    }

    private void onMessage(ByteBuf message) {
        long nowNanos = clock.getAsLong();
        try {
            Packet packet = PacketCodec.decode(message, Leniency.STRICT);
            if (packet instanceof Encapsulated envelope) {
                deliver(envelope.nodeId(), envelope.packet().asByteBuf(), nowNanos);
            } else {
                deliver(nodeId(1), message, nowNanos);
            }
        } catch (MalformedPacketException e) {
            complaints.add("sent a message that is none", String.valueOf(e.getMessage()), nowNanos);
        }
    }

    /** A broadcast is for nobody here: the sensors know their gateway. */
    private void deliver(Octets nodeId, ByteBuf datagram, long nowNanos) {
        DatagramReceiver sensor = sensors.get(nodeId);
        if (sensor != null && random.nextDouble() >= conditions.loss()) {
            sensor.onDatagram(datagram, nowNanos);
        }
    }

    /** A gateway on a line does not speak first. */
    @Override
    public boolean isReady() {
        return isPlugged;
    }

    @Override
    public List<String> complaints() {
        List<String> words = new ArrayList<>(complaints.inWords());
        if (uart.overrunOctets() > 0) {
            words.add("the gateway wrote faster than the sensors read: %,d octets were lost"
                    .formatted(uart.overrunOctets()));
        }
        return words;
    }
}

package io.causeway.simulator.radio;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.ReceivePacket64;
import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.SensorSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** An XBee network: the gateway's radio, the air, and a node for each sensor. Owned by the thread of the run. */
final class XBeeNetwork implements Device {
    private static final int ACKNOWLEDGED = 0x01;
    private static final int FROM_END_DEVICE = 0x40;

    /** Between -40 and -90 dBm. */
    private static final int STRONGEST_RSSI = 40;

    private static final int WEAKEST_RSSI = 90;

    private final XBeeConditions conditions;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final LongSupplier clock;
    private final Air air;
    private final Nodes nodes;
    private final Radio radio;

    XBeeNetwork(
            XBeeConditions conditions,
            LineConditions line,
            Uart uart,
            Agenda agenda,
            SplittableRandom random,
            LongSupplier clock) {
        long nowNanos = clock.getAsLong();
        this.conditions = conditions;
        this.agenda = agenda;
        this.random = random;
        this.clock = clock;
        this.air = new Air(conditions.air(), random.split(), nowNanos);
        this.nodes = new Nodes(conditions.rejoining(), agenda, random.split());
        this.radio = new Radio(conditions, line, uart, air, nodes, agenda, random.split(), nowNanos);
    }

    @Override
    public SensorSocket open(DatagramReceiver sensor) throws IOException {
        Node node = nodes.join(sensor, clock.getAsLong());
        return new SensorSocket() {
            @Override
            public void send(ByteBuf datagram) {
                sendFrom(node, datagram);
            }

            @Override
            public void close() {
                nodes.leave(node);
            }
        };
    }

    private void sendFrom(Node node, ByteBuf datagram) {
        int octets = datagram.readableBytes();
        if (octets > conditions.largestPayloadOctets()) {
            node.sensor.onSocketTrouble(
                    "a radio carries " + conditions.largestPayloadOctets() + " octets, not " + octets);
            return;
        }
        boolean isLost = air.losesOne();
        int copies = air.doublesOne() ? 2 : 1;
        OptionalLong sentNanos = air.send(octets, 1, clock.getAsLong());
        if (node.isGone() || isLost || sentNanos.isEmpty()) {
            return;
        }
        ByteBuf payload = Unpooled.copiedBuffer(datagram);
        for (int i = 0; i < copies; i++) {
            long arrivalNanos = node.afterHeard(sentNanos.getAsLong() + air.latencyNanos());
            agenda.at(arrivalNanos, now -> receive(node, payload.slice(), now));
        }
    }

    private void receive(Node node, ByteBuf payload, long nowNanos) {
        if (!radio.isJoined()) {
            return;
        }
        try {
            node.sleepWatch.onHeard(PacketCodec.decode(payload, Leniency.FIELD));
        } catch (MalformedPacketException e) {
            // the firmware of some sensors is like that; the gateway will tell them
        }
        node.resolve();
        radio.onReceived(frame(node, Octets.read(payload.slice())), payload, nowNanos);
    }

    private RadioFrame frame(Node node, Octets payload) {
        return switch (conditions.family()) {
            case IEEE_802_15_4 ->
                new ReceivePacket64(
                        node.address64(), STRONGEST_RSSI + random.nextInt(WEAKEST_RSSI - STRONGEST_RSSI), 0, payload);
            case DIGIMESH -> new ReceivePacket(node.address64(), RadioAddresses.UNKNOWN_16, ACKNOWLEDGED, payload);
            case ZIGBEE -> {
                int options = conditions.polling().isZero() ? ACKNOWLEDGED : ACKNOWLEDGED | FROM_END_DEVICE;
                yield new ReceivePacket(node.address64(), node.address16(), options, payload);
            }
        };
    }

    @Override
    public void onPlugged(long nowNanos) {
        radio.onPlugged(nowNanos);
    }

    @Override
    public void onUnplugged() {
        radio.onUnplugged();
    }

    @Override
    public void onOctets(ByteBuf octets, long nowNanos) {
        radio.onOctets(octets, nowNanos);
    }

    @Override
    public boolean isReady() {
        return radio.isReady();
    }

    @Override
    public List<String> complaints() {
        return radio.complaints();
    }
}

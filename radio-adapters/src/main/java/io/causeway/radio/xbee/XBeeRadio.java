package io.causeway.radio.xbee;

import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.port.SerialLine;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.ExplicitReceivePacket;
import io.causeway.radio.xbee.frame.ExtendedTransmitStatus;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.NodeIdentification;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrameHandler;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.ReceivePacket16;
import io.causeway.radio.xbee.frame.ReceivePacket64;
import io.causeway.radio.xbee.frame.TransmitStatus;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One radio on one line, and the nodes that it reaches. Told of everything that happens, and when; owned by the loop,
 * like all it consists of.
 */
final class XBeeRadio implements RadioFrameHandler {
    /** What is above the radio. */
    interface Listener {
        void onDatagram(XBeeAddress from, Octets datagram, boolean multicast);

        void onState(LinkState state);
    }

    private static final Logger log = LoggerFactory.getLogger(XBeeTransport.class);

    private static final int RECEIVED_BROADCAST = 0x02;
    private static final int RECEIVED_BROADCAST_802_15_4 = 0x06;
    private static final int RECEIVED_FROM_END_DEVICE = 0x40;
    private static final int SERIAL_ENDPOINT = 0xE8;
    private static final int SERIAL_CLUSTER = 0x0011;
    private static final int DIGI_PROFILE = 0xC105;

    private final String name;
    private final Listener listener;
    private final RadioLine line;
    private final FrameIds ids = new FrameIds();
    private final AtExchange exchange;
    private final StartUp startUp;
    private final Association association;
    private final Transmissions transmissions;
    private final NodeTable nodes = new NodeTable();
    private final PayloadLimits limits;
    private final XBeeMeter meter = new XBeeMeter();
    private LinkState state = new LinkState.Down("not opened");
    private @Nullable RadioIdentity identity;

    /** Of the call at hand. */
    private long nowNanos;

    /** @param name what the link is called in logs */
    XBeeRadio(
            String name,
            XBeeSettings settings,
            SerialLine serialLine,
            PayloadLimits limits,
            LinkMeter traffic,
            RandomGenerator random,
            Listener listener) {
        this.name = name;
        this.listener = listener;
        this.limits = limits;
        line = new RadioLine(serialLine, frame -> frame.accept(this));
        exchange = new AtExchange(line, ids);
        startUp = new StartUp(settings, line, exchange, ids, new StartUpEvents());
        association = new Association(exchange, new AssociationEvents());
        transmissions = new Transmissions(settings, new Air(), ids, limits, traffic, meter, random);
    }

    void onUp(long now) {
        nowNanos = now;
        loseRadio();
        if (!(state instanceof LinkState.Degraded)) { // what is wrong stays so while other rates are tried
            state = new LinkState.Degraded("asking what radio is on " + line.portName()); // worth no line of the log
            listener.onState(state);
        }
        startUp.begin(now);
    }

    void onDown(String cause, long now) {
        nowNanos = now;
        startUp.stop();
        loseRadio();
        setState(new LinkState.Down(cause));
    }

    void onOctets(ByteBuf octets, long now) {
        nowNanos = now;
        startUp.onOctets(octets, now);
        line.receive(octets, now);
    }

    void onTick(long now) {
        nowNanos = now;
        line.onTick(now);
        exchange.onTick(now);
        startUp.onTick(now);
        association.onTick(now);
        transmissions.onTick(now);
    }

    void send(XBeeAddress to, Octets datagram, long now) {
        nowNanos = now;
        transmissions.add(nodes.of(to), datagram, now);
    }

    void broadcast(Octets datagram, int radius, long now) {
        nowNanos = now;
        transmissions.addBroadcast(datagram, radius, now);
    }

    List<XBeeNode> nodes(long now) {
        return nodes.snapshot(now);
    }

    XBeeCounters counters() {
        return meter.read(line.errors(), transmissions, nodes);
    }

    @Override
    public void onAtResponse(AtResponse response) {
        startUp.onLateResponse(response, nowNanos);
        exchange.onResponse(response, nowNanos);
    }

    @Override
    public void onTransmitStatus(TransmitStatus status) {
        transmissions.onStatus(status.frameId(), status.status(), RadioAddresses.UNKNOWN_16, nowNanos);
    }

    @Override
    public void onExtendedTransmitStatus(ExtendedTransmitStatus status) {
        transmissions.onStatus(status.frameId(), status.status(), status.address16(), nowNanos);
    }

    @Override
    public void onModemStatus(ModemStatus status) {
        switch (status.status()) {
            case 0, 1 -> {
                log.info("{}: the radio was reset", name);
                loseRadio();
                startUp.begin(nowNanos);
            }
            case 2, 6 -> association.onNetworkUp(nowNanos);
            case 3 -> association.onNetworkDown(nowNanos);
            default -> log.debug("{}: modem status {}", name, status.status());
        }
    }

    @Override
    public void onReceivePacket(ReceivePacket packet) {
        receive(packet.source64(), packet.source16(), packet.options(), packet.payload());
    }

    @Override
    public void onExplicitReceivePacket(ExplicitReceivePacket packet) {
        boolean isSerialData = packet.destinationEndpoint() == SERIAL_ENDPOINT
                && packet.cluster() == SERIAL_CLUSTER
                && packet.profile() == DIGI_PROFILE;
        if (!isSerialData) {
            meter.foreignPacket();
            return;
        }
        receive(packet.source64(), packet.source16(), packet.options(), packet.payload());
    }

    @Override
    public void onReceivePacket64(ReceivePacket64 packet) {
        receive802154(new XBeeAddress.Serial(packet.source64()), packet.rssi(), packet.options(), packet.payload());
    }

    @Override
    public void onReceivePacket16(ReceivePacket16 packet) {
        receive802154(new XBeeAddress.Network(packet.source16()), packet.rssi(), packet.options(), packet.payload());
    }

    /** Worth its address and name; that a node joined is no message of it. */
    @Override
    public void onNodeIdentification(NodeIdentification told) {
        XBeeAddress address = new XBeeAddress.Serial(told.remote64());
        if (!isFromOneNode(address)) {
            return;
        }
        Node node = nodes.of(address);
        node.learnAddress16(told.remote16());
        node.name = told.name();
    }

    private void receive(long source64, int source16, int options, Octets payload) {
        boolean isNamed = source64 != RadioAddresses.UNKNOWN_64;
        XBeeAddress from = isNamed ? new XBeeAddress.Serial(source64) : new XBeeAddress.Network(source16);
        if (!isFromOneNode(from)) {
            return;
        }
        Node node = nodes.of(from);
        node.learnAddress16(source16);
        RadioIdentity radio = identity;
        if (radio != null && radio.family() == Family.ZIGBEE) { // DigiMesh has the way of delivery in this bit
            node.isEndDevice = (options & RECEIVED_FROM_END_DEVICE) != 0;
        }
        deliver(node, payload, (options & RECEIVED_BROADCAST) != 0);
    }

    private void receive802154(XBeeAddress from, int rssi, int options, Octets payload) {
        if (!isFromOneNode(from)) {
            return;
        }
        Node node = nodes.of(from);
        node.signalDbm = -rssi;
        deliver(node, payload, (options & RECEIVED_BROADCAST_802_15_4) != 0);
    }

    /** What claims to come from a group is counted only: an answer to it would be a broadcast. */
    private boolean isFromOneNode(XBeeAddress from) {
        if (!from.isOneNode()) {
            meter.foreignPacket();
        }
        return from.isOneNode();
    }

    private void deliver(Node node, Octets payload, boolean multicast) {
        node.wasHeard = true;
        node.lastHeardNanos = nowNanos;
        transmissions.onHeard(node, nowNanos);
        if (Datagrams.isWhole(payload)) {
            listener.onDatagram(node.address, payload, multicast);
        } else {
            meter.wrongLength();
        }
    }

    private void loseRadio() {
        association.stop();
        transmissions.forgetUnderWay();
        identity = null;
    }

    private void setState(LinkState newState) {
        if (newState.equals(state)) {
            return;
        }
        state = newState;
        listener.onState(newState);
        if (newState instanceof LinkState.Degraded degraded) {
            log.warn("{}: {}", name, degraded.cause());
        } else if (newState instanceof LinkState.Up) {
            log.info("{}: up", name);
        } // that the port is lost has been logged by the line
    }

    private final class StartUpEvents implements StartUp.Listener {
        @Override
        public void onReady(RadioIdentity radio, long now) {
            identity = radio;
            meter.started();
            limits.onRadio(radio);
            log.info("{}: {}, {} octets in a packet", name, radio, limits.broadcastOctets());
            association.begin(radio, now);
        }

        @Override
        public void onTrouble(String cause, long now) {
            setState(new LinkState.Degraded(cause));
        }

        @Override
        public void onRemark(String remark) {
            log.warn("{}: {}", name, remark);
        }
    }

    private final class AssociationEvents implements Association.Listener {
        @Override
        public void onJoined(long now) {
            setState(LinkState.UP);
            transmissions.open(now);
        }

        @Override
        public void onTrial(long now) {
            transmissions.open(now);
        }

        @Override
        public void onNotJoined(String cause, long now) {
            transmissions.close();
            setState(new LinkState.Degraded(cause));
        }

        @Override
        public void onRadioSilent(long now) {
            loseRadio();
            setState(new LinkState.Degraded("the radio on " + line.portName() + " has stopped answering"));
            startUp.begin(now);
        }
    }

    private final class Air implements Transmissions.Radio {
        @Override
        public boolean transmit(Transmission transmission) {
            RadioIdentity radio = identity;
            if (radio == null || !line.send(radio.request(transmission))) {
                return false;
            }
            transmission.timeOutNanos = radio.statusTimeOutNanos(transmission.node.isEndDevice);
            return true;
        }

        @Override
        public void onRefusedUnjoined() {
            association.onRefused(nowNanos);
        }

        @Override
        public void onAccepted() {
            association.onAccepted(nowNanos);
        }

        @Override
        public void onMisconfigured(XBeeAddress node, int statusCode) {
            log.warn(
                    "{}: nothing can be sent to {} as it or the radio is set up (status {})",
                    name,
                    node,
                    Integer.toHexString(statusCode));
        }
    }
}

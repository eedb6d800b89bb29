package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.AtCommand;
import io.causeway.radio.xbee.frame.AtResponse;
import io.causeway.radio.xbee.frame.ExplicitTransmitRequest;
import io.causeway.radio.xbee.frame.HostFrameHandler;
import io.causeway.radio.xbee.frame.ModemStatus;
import io.causeway.radio.xbee.frame.QueuedAtCommand;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.causeway.radio.xbee.frame.RemoteAtCommand;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.radio.xbee.frame.TransmitRequest16;
import io.causeway.radio.xbee.frame.TransmitRequest64;
import io.causeway.simulator.network.Draw;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The radio at the gateway's port. Owned by the thread of the run. */
final class Radio implements HostFrameHandler {
    private static final int RESET = 0x00;
    private static final int STARTED = 0x06;
    private static final long START_NANOS = Duration.ofMillis(300).toNanos();

    private final XBeeConditions conditions;
    private final Uart uart;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Nodes nodes;
    private final Parameters parameters;
    private final Host host;
    private final TransparentPort transparent;
    private final Transmitter transmitter;
    private final Complaints complaints;
    private final Conduct conduct;

    private long nowNanos;

    /** Counts its starts: what an earlier one has begun is over. */
    private int starts;

    private boolean isJoined;
    private boolean hasToldItsMode;
    private boolean hasToldThatItJoined;

    Radio(
            XBeeConditions conditions,
            LineConditions line,
            Uart uart,
            Air air,
            Nodes nodes,
            Agenda agenda,
            SplittableRandom random,
            long nowNanos) {
        this.conditions = conditions;
        this.uart = uart;
        this.agenda = agenda;
        this.random = random;
        this.nodes = nodes;
        this.parameters = new Parameters(conditions, line);
        this.host = new Host(uart, frame -> frame.accept(this));
        this.transparent = new TransparentPort(parameters, agenda, host, now -> useMode(), nowNanos);
        this.transmitter = new Transmitter(conditions, air, agenda, random.split(), this::tell);
        this.complaints = new Complaints(nowNanos);
        this.conduct = new Conduct(complaints, conditions.largestPayloadOctets());
        this.nowNanos = nowNanos;
    }

    void onPlugged(long plugNanos) {
        nowNanos = plugNanos;
        hasToldItsMode = false;
        hasToldThatItJoined = false;
        start();
    }

    void onUnplugged() {
        starts++;
        isJoined = false;
        transmitter.forget();
        host.forget();
    }

    private void start() {
        int start = ++starts;
        isJoined = false;
        transmitter.forget();
        parameters.restart();
        useMode();
        agenda.at(nowNanos + START_NANOS, now -> {
            if (start == starts) {
                isJoined = true;
                parameters.associate(Parameters.ASSOCIATED);
                hasToldThatItJoined |= host.tell(new ModemStatus(STARTED), now);
            }
        });
        if (!conditions.resetting().isZero()) {
            agenda.at(nowNanos + START_NANOS + Draw.exponential(conditions.resetting(), random), now -> {
                if (start == starts) {
                    nowNanos = now;
                    tell(new ModemStatus(RESET), now);
                    start();
                }
            });
        }
    }

    private void useMode() {
        host.use((int) parameters.number("AP"));
    }

    void onOctets(ByteBuf octets, long atNanos) {
        nowNanos = atNanos;
        host.notice();
        if (conditions.isAtAnotherRate()) {
            host.say(noise(octets.readableBytes() + 1), atNanos);
        } else if (host.isInFrames()) {
            boolean isClean = host.take(octets, atNanos);
            if (!isClean && isReady() && uart.overrunOctets() == 0) {
                complaints.add("sent what a radio drops without a word", "octets that are no frame", atNanos);
            }
        } else {
            transparent.onOctets(octets, atNanos);
        }
    }

    /** Whether the gateway has been told that the radio speaks in frames and has its network. */
    boolean isReady() {
        return hasToldItsMode && hasToldThatItJoined;
    }

    boolean isJoined() {
        return isJoined;
    }

    /** A message has come from a node. */
    void onReceived(RadioFrame message, ByteBuf payload, long atNanos) {
        if (!host.hasRoom(atNanos)) {
            return;
        }
        if (conditions.isAtAnotherRate()) {
            host.say(noise(payload.readableBytes()), atNanos);
        } else if (host.isInFrames()) {
            tell(message, atNanos);
        } else {
            host.say(payload, atNanos);
        }
    }

    List<String> complaints() {
        List<String> words = new ArrayList<>(complaints.inWords());
        if (uart.overrunOctets() > 0) {
            words.add("the gateway wrote faster than the radio reads: %,d octets were lost"
                    .formatted(uart.overrunOctets()));
        }
        return words;
    }

    @Override
    public void onAtCommand(AtCommand command) {
        AtResponse response = parameters.answer(command.frameId(), command.command(), command.value());
        boolean isHeard = command.frameId() != 0 && host.tell(response, nowNanos);
        hasToldItsMode |= isHeard && command.command().equals("AP");
        hasToldThatItJoined |= isHeard && command.command().equals("AI") && isJoined;
        boolean isApplied = command.command().equals("AP") && !command.value().isEmpty();
        if (isApplied || command.command().equals("AC")) {
            useMode();
        }
    }

    @Override
    public void onQueuedAtCommand(QueuedAtCommand command) {
        AtResponse response = parameters.answer(command.frameId(), command.command(), command.value());
        if (command.frameId() != 0) {
            tell(response, nowNanos);
        }
    }

    @Override
    public void onRemoteAtCommand(RemoteAtCommand command) {
        complaints.add("asked a node for its parameters, which none here answers", command.command(), nowNanos);
    }

    @Override
    public void onTransmitRequest(TransmitRequest request) {
        transmit(
                new Transmission(
                        request.frameId(),
                        request.destination64(),
                        request.destination16(),
                        request.radius(),
                        request.payload()),
                conditions.family() != Family.IEEE_802_15_4);
    }

    @Override
    public void onExplicitTransmitRequest(ExplicitTransmitRequest request) {
        transmit(
                new Transmission(
                        request.frameId(),
                        request.destination64(),
                        request.destination16(),
                        request.radius(),
                        request.payload()),
                conditions.family() != Family.IEEE_802_15_4);
    }

    @Override
    public void onTransmitRequest64(TransmitRequest64 request) {
        transmit(
                new Transmission(
                        request.frameId(), request.destination64(), RadioAddresses.UNKNOWN_16, 0, request.payload()),
                conditions.family() == Family.IEEE_802_15_4);
    }

    @Override
    public void onTransmitRequest16(TransmitRequest16 request) {
        transmit(
                new Transmission(
                        request.frameId(), RadioAddresses.UNKNOWN_64, request.destination16(), 0, request.payload()),
                conditions.family() == Family.IEEE_802_15_4);
    }

    private void transmit(Transmission sent, boolean isOfFamily) {
        if (!isOfFamily) {
            complaints.add(
                    "sent a frame that this firmware does not know",
                    conditions.family().name(),
                    nowNanos);
            return;
        }
        if (!isReady()) {
            complaints.add(
                    "sent before it had asked the radio whether it is ready",
                    sent.payload().toString(),
                    nowNanos);
        }
        @Nullable
        Node node = sent.isBroadcast()
                ? null
                : nodes.find(sent.destination64(), sent.destination16()).orElse(null);
        conduct.onTransmission(sent, node, transmitter.owes(sent.frameId()), nowNanos);
        transmitter.transmit(sent, node, isJoined, nowNanos);
    }

    private void tell(RadioFrame frame, long atNanos) {
        host.tell(frame, atNanos);
    }

    private ByteBuf noise(int octetCount) {
        byte[] octets = new byte[octetCount];
        random.nextBytes(octets);
        return Unpooled.wrappedBuffer(octets);
    }
}

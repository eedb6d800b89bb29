package io.causeway.radio.serial;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import io.causeway.radio.framing.Encapsulation;
import io.causeway.radio.framing.FrameMeter;
import io.causeway.radio.port.SerialLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A link over a serial line, with one peer at its other end. */
public final class SerialTransport implements Transport {
    private static final LinkState NOT_OPEN = new LinkState.Down("closed");
    private static final int MOST_RADIUS = 3;
    private static final int USUAL_NODE_ID_OCTETS = 2;

    private final String name;
    private final SerialSettings settings;
    private final SerialLine line;
    private final EventExecutor loop;
    private final LongSupplier nanoClock;
    private final SerialAddress peer;
    private final LinkMeter meter = new LinkMeter();
    private final FrameMeter frames = new FrameMeter();

    private volatile @Nullable LineReceiver receiver;
    private volatile boolean isClosed;

    /**
     * @param line with the line settings and the gap of {@code settings}; closed by this
     * @param loop where the line tells what comes
     */
    public SerialTransport(SerialSettings settings, SerialLine line, EventExecutor loop) {
        this(settings, line, loop, System::nanoTime);
    }

    SerialTransport(SerialSettings settings, SerialLine line, EventExecutor loop, LongSupplier nanoClock) {
        this.settings = settings;
        this.line = line;
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.name = "serial " + settings.line().port();
        this.peer = new SerialAddress(settings.line().port().toString());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int largestDatagramOctets(LinkAddress to) {
        return settings.maxPacketOctets();
    }

    @Override
    public LinkState state() {
        LineReceiver current = receiver;
        return current == null || isClosed ? NOT_OPEN : current.state();
    }

    @Override
    public synchronized void open(DatagramListener listener) {
        if (receiver != null || isClosed) {
            throw new IllegalStateException(name + " has been " + (isClosed ? "closed" : "opened"));
        }
        LineReceiver opened = new LineReceiver(name, settings, peer, loop, nanoClock, meter, frames, listener);
        receiver = opened;
        line.open(opened);
    }

    @Override
    public Optional<LinkAddress> find(String storedForm) {
        return storedForm.equals(SerialAddress.STORED_FORM) ? Optional.of(peer) : Optional.empty();
    }

    @Override
    public Optional<LinkAddress> at(byte[] octets) {
        return octets.length == 0 ? Optional.of(peer) : Optional.empty();
    }

    @Override
    public void send(LinkAddress to, ByteBuf datagram) {
        if (!peer.equals(to)) {
            datagram.release();
            throw new IllegalArgumentException("not an address of " + name + ": " + to);
        }
        transmit(datagram);
    }

    /**
     * To the one peer; if that is a forwarder, in an envelope for all its nodes: with a node id of 0xFF octets, as many as
     * the id in the last message had. It is one where the settings say so, or where the last message was in an envelope.
     */
    @Override
    public void broadcast(ByteBuf datagram, int radius) {
        LineReceiver current = receiver;
        int nodeIdOctets = current == null ? LineReceiver.NO_ENVELOPE : current.nodeIdOctets();
        if (nodeIdOctets != LineReceiver.NO_ENVELOPE) {
            transmit(envelope(datagram, nodeIdOctets, radius));
        } else if (settings.encapsulation() == Encapsulation.ALWAYS) {
            transmit(envelope(datagram, USUAL_NODE_ID_OCTETS, radius));
        } else {
            transmit(datagram);
        }
    }

    private static ByteBuf envelope(ByteBuf datagram, int nodeIdOctets, int radius) {
        int envelopeOctets = LineReceiver.ENVELOPE_OCTETS + nodeIdOctets;
        ByteBuf message = PooledByteBufAllocator.DEFAULT.buffer(envelopeOctets + datagram.readableBytes());
        message.writeByte(envelopeOctets).writeByte(LineReceiver.FORWARDED).writeByte(Math.min(radius, MOST_RADIUS));
        for (int i = 0; i < nodeIdOctets; i++) {
            message.writeByte(0xFF);
        }
        message.writeBytes(datagram);
        datagram.release();
        return message;
    }

    private void transmit(ByteBuf message) {
        try {
            int octets = message.readableBytes();
            if (octets > settings.maxPacketOctets()) {
                meter.oversized();
                return;
            }
            ByteBuf framed =
                    PooledByteBufAllocator.DEFAULT.buffer(settings.framing().mostOctets(octets));
            settings.framing().encode(message, framed);
            if (line.write(framed)) {
                meter.sent(octets);
            } else if (state() instanceof LinkState.Down) {
                meter.sendFailed();
            } else {
                meter.sendOverflowed();
            }
        } finally {
            message.release();
        }
    }

    @Override
    public List<String> endpoints() {
        return state() instanceof LinkState.Down
                ? List.of()
                : List.of(line.name() + " at " + settings.line().bitsPerSecond() + " bit/s");
    }

    @Override
    public LinkCounters counters() {
        return meter.read(LinkCounters.UNKNOWN);
    }

    /** What came and became no message. */
    public FrameMeter frames() {
        return frames;
    }

    @Override
    public void close() {
        isClosed = true;
        line.close();
    }
}

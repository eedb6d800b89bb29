package io.causeway.radio.xbee;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LinkState;
import io.causeway.radio.LogLimit;
import io.causeway.radio.Transport;
import io.causeway.radio.port.SerialLine;
import io.causeway.radio.port.SerialLineListener;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link over an XBee radio on a serial line. Its peers are the nodes of the radio's network. All work is done on one
 * event loop; other threads hand over what they send, and read what the loop has published.
 */
public final class XBeeTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(XBeeTransport.class);

    static final Duration TICK = Duration.ofMillis(50);

    /** A loop that has not answered by then is not well, as its health tells. */
    private static final Duration LOOP_PATIENCE = Duration.ofSeconds(1);

    /** What the radio could send in some minutes; more handed over at once is a flood. */
    private static final int MOST_HANDED_OVER = 4_096;

    private static final XBeeCounters NOTHING_COUNTED =
            new XBeeCounters(FrameErrors.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final LinkState CLOSED = new LinkState.Down("closed");

    private enum Phase {
        NEW,
        OPEN,
        CLOSED
    }

    private final String name;
    private final SerialLine line;
    private final EventExecutor loop;
    private final PayloadLimits limits;
    private final LinkMeter traffic = new LinkMeter();
    private final LogLimit failureLog = new LogLimit(System.nanoTime());
    private final XBeeRadio radio;
    private final AtomicInteger handedOver = new AtomicInteger();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private volatile DatagramListener listener = (from, datagram, multicast) -> {};
    private volatile LinkState state = new LinkState.Down("not opened");
    private volatile XBeeCounters xbeeCounters = NOTHING_COUNTED;

    /**
     * @param line tells what happens on it on {@code loop}; opened and closed by this transport
     * @param loop where everything is done; closed by whoever made it, after this
     */
    public XBeeTransport(XBeeSettings settings, SerialLine line, EventExecutor loop) {
        this.name = "xbee " + settings.line().port();
        this.line = line;
        this.loop = loop;
        this.limits = new PayloadLimits(settings);
        this.radio = new XBeeRadio(name, settings, line, limits, traffic, new SplittableRandom(), new RadioEvents());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int largestDatagramOctets(LinkAddress to) {
        return limits.octets(to);
    }

    @Override
    public LinkState state() {
        return phase.get() == Phase.CLOSED ? CLOSED : state;
    }

    @Override
    public void open(DatagramListener newListener) {
        if (!phase.compareAndSet(Phase.NEW, Phase.OPEN)) {
            throw new IllegalStateException(name + " is " + phase.get());
        }
        listener = newListener;
        line.open(new LineEvents());
        scheduleTick();
    }

    private void scheduleTick() {
        if (phase.get() == Phase.OPEN) {
            Future<?> unused = loop.schedule(this::tick, TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        guarded(() -> {
            radio.onTick(System.nanoTime());
            xbeeCounters = radio.counters();
        });
        scheduleTick();
    }

    /** A mistake in here must end neither the loop nor the link; nor must an Error, which the loop would keep to itself. */
    private void guarded(Runnable work) {
        if (phase.get() != Phase.OPEN) {
            return;
        }
        try {
            work.run();
        } catch (Throwable e) {
            if (failureLog.passes(System.nanoTime())) {
                log.error("{}: failed", name, e);
            }
        }
    }

    @Override
    public Optional<LinkAddress> find(String storedForm) {
        return XBeeAddress.parse(storedForm).map(address -> address);
    }

    @Override
    public Optional<LinkAddress> at(byte[] octets) {
        return XBeeAddress.of(octets).map(address -> address);
    }

    @Override
    public void send(LinkAddress to, ByteBuf datagram) {
        if (!(to instanceof XBeeAddress address)) {
            datagram.release();
            throw new IllegalArgumentException("not an address of " + name + ": " + to);
        }
        Octets octets = take(datagram);
        if (!isOversized(octets, limits.octets(to))) {
            handOver(() -> radio.send(address, octets, System.nanoTime()));
        }
    }

    @Override
    public void broadcast(ByteBuf datagram, int radius) {
        Octets octets = take(datagram);
        if (!isOversized(octets, limits.broadcastOctets())) {
            handOver(() -> radio.broadcast(octets, radius, System.nanoTime()));
        }
    }

    private static Octets take(ByteBuf datagram) {
        try {
            return Octets.read(datagram);
        } finally {
            datagram.release();
        }
    }

    private boolean isOversized(Octets datagram, int mostOctets) {
        if (datagram.length() <= mostOctets) {
            return false;
        }
        traffic.oversized();
        return true;
    }

    private void handOver(Runnable sending) {
        if (phase.get() != Phase.OPEN) {
            traffic.sendFailed();
            return;
        }
        if (handedOver.incrementAndGet() > MOST_HANDED_OVER) {
            handedOver.decrementAndGet();
            traffic.sendOverflowed();
            return;
        }
        loop.execute(() -> {
            handedOver.decrementAndGet();
            guarded(sending);
        });
    }

    @Override
    public List<String> endpoints() {
        return state() instanceof LinkState.Down ? List.of() : List.of(line.name());
    }

    @Override
    public LinkCounters counters() {
        return traffic.read(LinkCounters.UNKNOWN);
    }

    /** What is counted of the radio besides; as it was some milliseconds ago at most. Quick. */
    public XBeeCounters xbeeCounters() {
        return xbeeCounters;
    }

    /** The nodes that were heard, those heard last at the end. Asks the event loop, so not to be called on one. */
    public List<XBeeNode> nodes() {
        if (phase.get() != Phase.OPEN) {
            return List.of();
        }
        Future<List<XBeeNode>> answer = loop.submit(() -> radio.nodes(System.nanoTime()));
        return answer.awaitUninterruptibly(LOOP_PATIENCE.toMillis()) && answer.isSuccess()
                ? answer.getNow()
                : List.of();
    }

    @Override
    public void close() {
        if (phase.getAndSet(Phase.CLOSED) != Phase.CLOSED) {
            line.close();
        }
    }

    private final class LineEvents implements SerialLineListener {
        @Override
        public void onUp() {
            guarded(() -> radio.onUp(System.nanoTime()));
        }

        @Override
        public void onOctets(ByteBuf octets) {
            guarded(() -> radio.onOctets(octets, System.nanoTime()));
        }

        @Override
        public void onDown(String cause) {
            guarded(() -> radio.onDown(cause, System.nanoTime()));
        }
    }

    private final class RadioEvents implements XBeeRadio.Listener {
        @Override
        public void onDatagram(XBeeAddress from, Octets datagram, boolean multicast) {
            traffic.received(datagram.length());
            ByteBuf octets = Unpooled.buffer(datagram.length());
            datagram.writeTo(octets);
            try {
                listener.onDatagram(from, octets, multicast);
            } catch (Exception e) {
                traffic.listenerFailed();
                if (failureLog.passes(System.nanoTime())) {
                    log.error("{}: {} octets from {} dropped, handling them failed", name, datagram.length(), from, e);
                }
            }
        }

        @Override
        public void onState(LinkState newState) {
            state = newState;
        }
    }
}

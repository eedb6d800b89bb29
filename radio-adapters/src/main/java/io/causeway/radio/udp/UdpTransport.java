package io.causeway.radio.udp;

import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link over UDP. Its sockets are spread over event loops that others provide; a thread of its own looks for addresses
 * that come and go, because asking the system for them may take longer than an event loop has.
 */
public final class UdpTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(UdpTransport.class);

    private final UdpSettings settings;
    private final String name;
    private final LocalAddresses localAddresses;
    private final TrafficLog traffic;
    private final KernelDrops kernelDrops;
    private final ServiceSockets services;
    private final GroupSockets groups;
    private final ScheduledExecutorService scanner;
    private volatile DatagramListener listener = (from, datagram, multicast) -> {};

    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    /** Held by whoever changes the state, and with it opens and closes sockets. */
    private final Object lock = new Object();

    private volatile State state = State.NEW;

    /** @param loops where the sockets are served; one loop or many, closed by whoever made them, after this */
    public UdpTransport(UdpSettings settings, EventLoopGroup loops) {
        this(settings, loops, LocalAddresses.ofThisMachine());
    }

    UdpTransport(UdpSettings settings, EventLoopGroup loops, LocalAddresses localAddresses) {
        this.settings = settings;
        this.name = "udp " + AddressText.of(settings.bind(), "");
        this.localAddresses = localAddresses;
        this.traffic = new TrafficLog(name);
        SocketTable table = new SocketTable(Path.of("/proc"));
        this.kernelDrops = new KernelDrops(table);
        DatagramSockets sockets = new DatagramSockets(name, loops, settings.receiveBufferOctets(), traffic);
        this.services = new ServiceSockets(name, settings.bind(), sockets, table, this::received, traffic);
        this.groups = new GroupSockets(name, settings.groups(), sockets, services, this::received);
        this.scanner = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name + " addresses");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void received(LinkAddress from, ByteBuf datagram, boolean multicast) {
        listener.onDatagram(from, datagram, multicast);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int largestDatagramOctets(LinkAddress to) {
        return settings.largestDatagramOctets();
    }

    @Override
    public LinkState state() {
        return state == State.OPEN ? LinkState.UP : new LinkState.Down("closed");
    }

    @Override
    public void open(DatagramListener newListener) throws IOException {
        synchronized (lock) {
            if (state != State.NEW) {
                throw new IllegalStateException(name + " is " + state);
            }
            listener = newListener;
            try {
                services.open(localAddresses.now());
            } catch (IOException e) {
                close();
                throw e;
            }
            groups.follow();
            state = State.OPEN;
            long intervalNanos = settings.scanInterval().toNanos();
            Future<?> unused =
                    scanner.scheduleWithFixedDelay(this::scan, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** What goes wrong here goes wrong for now: the next scan tries again. */
    private void scan() {
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            try {
                services.follow(localAddresses.now());
                groups.follow();
            } catch (Exception e) {
                log.warn("{}: looking for addresses that came or went failed", name, e);
            }
        }
    }

    @Override
    public Optional<LinkAddress> find(String storedForm) {
        int blank = storedForm.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        Optional<LocalAddress> local = LocalAddress.parse(storedForm.substring(0, blank));
        Optional<InetSocketAddress> remote = AddressText.parse(storedForm.substring(blank + 1));
        if (local.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        synchronized (lock) {
            return services.at(local.get()).map(endpoint -> new UdpAddress(endpoint, remote.get()));
        }
    }

    @Override
    public Optional<LinkAddress> at(byte[] octets) {
        return PeerOctets.read(octets)
                .flatMap(peer -> services.find(peer.local()).map(peer::at));
    }

    @Override
    public void send(LinkAddress to, ByteBuf datagram) {
        if (!(to instanceof UdpAddress address)) {
            datagram.release();
            throw new IllegalArgumentException("not an address of " + name + ": " + to);
        }
        if (!dropOversized(datagram)) {
            address.endpoint().send(address.remote(), datagram);
        }
    }

    @Override
    public void broadcast(ByteBuf datagram, int radius) {
        if (!dropOversized(datagram)) {
            groups.broadcast(datagram, radius == 0 ? settings.hops() : radius);
        }
    }

    private boolean dropOversized(ByteBuf datagram) {
        int octets = datagram.readableBytes();
        if (octets <= settings.largestDatagramOctets()) {
            return false;
        }
        datagram.release();
        traffic.oversized(octets);
        return true;
    }

    @Override
    public List<String> endpoints() {
        List<String> texts = new ArrayList<>();
        services.open().forEach(endpoint -> texts.add(services.text(endpoint.local())));
        texts.addAll(groups.texts());
        return texts;
    }

    @Override
    public LinkCounters counters() {
        return traffic.read(kernelDrops.read(services.addresses(), services.port()));
    }

    @Override
    public void close() {
        synchronized (lock) {
            state = State.CLOSED;
            scanner.shutdownNow();
            groups.close();
            services.close();
        }
    }
}

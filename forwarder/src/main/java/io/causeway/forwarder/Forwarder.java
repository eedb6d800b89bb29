package io.causeway.forwarder;

import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import io.causeway.radio.udp.MulticastGroup;
import io.causeway.radio.udp.UdpSettings;
import io.causeway.radio.udp.UdpTransport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole forwarder. All of it runs on one event loop, which its links are to be served by, too; so nothing in it is
 * shared but what is asked for here. The methods may be called from any thread but the loop.
 */
public final class Forwarder implements AutoCloseable {
    /** The most links that one forwarder can tell apart. */
    public static final int MAX_LINKS = NodeId.MAX_LINK + 1;

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
    private static final long TICK_MILLIS = 250;
    private static final long LIVE_NANOS = Duration.ofSeconds(5).toNanos();

    private final EventLoop loop;
    private final Counters counters = new Counters();
    private final List<DeviceLink> links = new ArrayList<>();
    private final Transport uplink;
    private final @Nullable NameLookup names;
    private final Relay relay;
    private @Nullable Future<?> ticking;
    private volatile long tickedNanos;

    /**
     * Opens nothing yet.
     *
     * @param loop        closed by whoever made it, after this
     * @param gatewayPort UDP port of this machine that gateways see as sender; 0 lets the system choose
     * @param wanted      at the most {@link #MAX_LINKS}
     * @throws IllegalArgumentException if there are more links
     */
    public Forwarder(EventLoop loop, WantedGateways gateways, int gatewayPort, List<ForwardedLink> wanted) {
        if (wanted.size() > MAX_LINKS) {
            throw new IllegalArgumentException("a forwarder has at most " + MAX_LINKS + " links: " + wanted.size());
        }
        this.loop = loop;
        for (ForwardedLink link : wanted) {
            links.add(new DeviceLink(links.size(), link.transport(), link.advertiseInterval()));
        }
        GatewayChoice choice;
        if (gateways instanceof WantedGateways.Discovered discovered) {
            UdpTransport transport = new UdpTransport(inGroup(discovered, gatewayPort), loop);
            uplink = transport;
            names = null;
            choice = new DiscoveredGateways(new SplittableRandom(), question -> ask(transport, question));
        } else {
            GatewaySocket socket = new GatewaySocket(loop, gatewayPort);
            uplink = socket;
            names = new NameLookup(loop, socket::address);
            choice = new ListedGateways(((WantedGateways.Listed) gateways).names(), names);
        }
        relay = new Relay(uplink, links, choice, counters, System.nanoTime());
    }

    private static UdpSettings inGroup(WantedGateways.Discovered discovered, int port) {
        InetSocketAddress group = discovered.group();
        String any = group.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::";
        InetAddress everywhere = NetUtil.createInetAddressFromIpAddressString(any);
        return UdpSettings.at(
                new InetSocketAddress(everywhere, port), List.of(new MulticastGroup(group, discovered.interfaces())));
    }

    private static void ask(Transport transport, SearchGw question) {
        transport.broadcast(Datagrams.of(question), question.radius());
    }

    /**
     * Opens the gateways' side.
     *
     * @throws IOException if it cannot be had; the message is for the operator
     */
    public void openUplink() throws IOException {
        uplink.open((from, datagram, multicast) -> relay.onUplink(from, datagram, System.nanoTime()));
    }

    /**
     * Opens a link of devices.
     *
     * @param number from 0
     * @throws IOException if it cannot be had; the message is for the operator
     */
    public void openLink(int number) throws IOException {
        DeviceLink link = links.get(number);
        link.transport()
                .open((LinkAddress from, ByteBuf datagram, boolean multicast) ->
                        relay.onDevice(link, from, datagram, multicast, System.nanoTime()));
    }

    /** Begins to look for the gateway, when all is open. */
    public void start() {
        tickedNanos = System.nanoTime();
        loop.execute(() -> relay.start(System.nanoTime()));
        ticking = loop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        tickedNanos = System.nanoTime();
        try {
            relay.onTick(tickedNanos);
        } catch (Exception e) {
            log.error("looking after the gateway failed", e);
        }
    }

    /** Whether the loop does its work; to be asked once it has been started. */
    public boolean isAlive() {
        return System.nanoTime() - tickedNanos < LIVE_NANOS;
    }

    /** The links of devices, in their order. */
    public List<Transport> links() {
        return links.stream().map(DeviceLink::transport).toList();
    }

    /** The gateways' side. */
    public Transport uplink() {
        return uplink;
    }

    public long get(ForwarderCount count) {
        return counters.get(count);
    }

    /** What keeps all devices from being served, in words for the operator; empty if nothing is known to. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        addUnlessEmpty(troubles, relay.trouble());
        if (links().stream().allMatch(link -> link.state() instanceof LinkState.Down)) {
            troubles.addAll(linkTroubles());
        }
        return troubles;
    }

    /** What the operator should know all the same, in words. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        addUnlessEmpty(notes, relay.note());
        notes.addAll(linkTroubles());
        return notes;
    }

    private List<String> linkTroubles() {
        return links().stream()
                .filter(link -> !(link.state() instanceof LinkState.Up))
                .map(link -> link.name() + ": " + link.state())
                .toList();
    }

    private static void addUnlessEmpty(List<String> texts, String text) {
        if (!text.isEmpty()) {
            texts.add(text);
        }
    }

    /** Closes all that is open. Idempotent. */
    @Override
    public void close() {
        Future<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
        links.forEach(link -> link.transport().close());
        uplink.close();
        if (names != null) {
            names.close();
        }
    }
}

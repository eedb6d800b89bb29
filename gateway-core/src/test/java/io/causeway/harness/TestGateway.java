package io.causeway.harness;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.dialect.v12.Advertiser;
import io.causeway.dialect.v12.Dialect;
import io.causeway.dialect.v12.DialectSettings;
import io.causeway.dialect.v12.ForwardedIdentity;
import io.causeway.dialect.v12.Ingress;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.dialect.v12.PacketSink;
import io.causeway.dialect.v12.PacketTrace;
import io.causeway.routing.Router;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.Census;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Count;
import io.causeway.session.Directory;
import io.causeway.session.KeptAddresses;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.SessionSettings;
import io.causeway.session.Shard;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.testkit.VirtualTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * A whole gateway core without sockets, threads or waiting: real octets go in and come out, time passes when told, and
 * what loops would do is done at once and in a fixed order. Not thread-safe.
 */
public final class TestGateway {
    private static final Duration STEP = Duration.ofMillis(10);

    private final VirtualTime time;
    private final MemorySessionStore store;
    private final Router router = new Router();
    private final ScriptedUpstream upstream;
    private final PacketTrace trace = new PacketTrace();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final List<Shard> shards = new ArrayList<>();
    private final List<Dialect> dialects = new ArrayList<>();
    private final Ingress ingress;
    private final DialectSettings dialectSettings;
    private final List<Broadcast> broadcasts = new ArrayList<>();
    private BiConsumer<NetworkIdentity, ByteBuf> network = (to, datagram) -> {};

    /** What a test may want to be different. */
    public record Options(
            SessionSettings sessions,
            AdmissionSettings admission,
            ClientPolicy policy,
            Leniency leniency,
            boolean qosMinusOne,
            boolean inlineTopicNames,
            int shards) {

        public static final Options DEFAULTS = new Options(
                SessionSettings.DEFAULTS,
                AdmissionSettings.DEFAULTS,
                ClientPolicy.OPEN,
                Leniency.FIELD,
                true,
                false,
                1);

        public Options with(SessionSettings newSessions) {
            return new Options(newSessions, admission, policy, leniency, qosMinusOne, inlineTopicNames, shards);
        }

        public Options with(AdmissionSettings newAdmission) {
            return new Options(sessions, newAdmission, policy, leniency, qosMinusOne, inlineTopicNames, shards);
        }

        public Options with(ClientPolicy newPolicy) {
            return new Options(sessions, admission, newPolicy, leniency, qosMinusOne, inlineTopicNames, shards);
        }

        public Options with(Leniency newLeniency) {
            return new Options(sessions, admission, policy, newLeniency, qosMinusOne, inlineTopicNames, shards);
        }

        public Options withQosMinusOne(boolean taken, boolean inline) {
            return new Options(sessions, admission, policy, leniency, taken, inline, shards);
        }

        public Options withShards(int newShards) {
            return new Options(sessions, admission, policy, leniency, qosMinusOne, inlineTopicNames, newShards);
        }
    }

    public TestGateway() {
        this(Options.DEFAULTS);
    }

    public TestGateway(Options options) {
        this(options, new MemorySessionStore());
    }

    public TestGateway(Options options, MemorySessionStore store) {
        this(options, store, new VirtualTime());
    }

    public TestGateway(Options options, MemorySessionStore store, VirtualTime time) {
        this.store = store;
        this.time = time;
        this.upstream = new ScriptedUpstream(router, store);
        Duration handshake = options.sessions()
                .retryInterval()
                .multipliedBy(options.sessions().retryCount() + 1L);
        dialectSettings = new DialectSettings(
                1, options.leniency(), options.qosMinusOne(), options.inlineTopicNames(), handshake);
        Directory directory = new Directory();
        PacketSink sink = new Wire();
        for (int i = 0; i < options.shards(); i++) {
            Shard shard = new Shard(
                    options.sessions(),
                    options.admission(),
                    options.policy(),
                    upstream,
                    store,
                    posted::add,
                    directory,
                    options.shards(),
                    time.nowNanos());
            shards.add(shard);
            dialects.add(new Dialect(shard, dialectSettings, sink, trace));
        }
        ingress = new Ingress(dialectSettings, sink, dialects, dialects.get(0), directory, time.nowNanos());
    }

    // ---- the network ---------------------------------------------------------------------------------------------

    /** A peer at an address of its own, whose packets arrive at once and in order, and which keeps what it gets. */
    public TestPeer peer(String host, int port) {
        return peer(new TestAddress(host, port));
    }

    public TestPeer peer(NetworkIdentity address) {
        TestPeer peer = new TestPeer(this, address);
        BiConsumer<NetworkIdentity, ByteBuf> others = network;
        network = (to, datagram) -> {
            if (to.equals(address)) {
                peer.onDatagram(datagram);
            } else {
                others.accept(to, datagram);
            }
        };
        return peer;
    }

    /** Takes over what leaves the gateway; for networks that lose, delay or reorder. Replaces all peers. */
    public void onOutgoing(BiConsumer<NetworkIdentity, ByteBuf> newNetwork) {
        network = newNetwork;
    }

    /** One datagram arrives, and all that follows from it at this moment happens. */
    public void receive(NetworkIdentity from, ByteBuf datagram) {
        ingress.onDatagram(from, datagram, false, time.nowNanos());
        settle();
    }

    public void receiveMulticast(NetworkIdentity from, ByteBuf datagram) {
        ingress.onDatagram(from, datagram, true, time.nowNanos());
        settle();
    }

    /** What was sent to everybody. */
    public List<Packet> broadcasts() {
        return broadcasts.stream().map(Broadcast::packet).toList();
    }

    /** How far each of these was to reach, in hops. */
    public List<Integer> broadcastRadii() {
        return broadcasts.stream().map(Broadcast::radius).toList();
    }

    // ---- time ----------------------------------------------------------------------------------------------------

    public long nowNanos() {
        return time.nowNanos();
    }

    /** Lets time pass in small steps, timers firing as they are due. */
    public void advance(Duration duration) {
        long end = time.nowNanos() + duration.toNanos();
        while (end - time.nowNanos() > 0) {
            long left = end - time.nowNanos();
            time.advance(Duration.ofNanos(Math.min(left, STEP.toNanos())));
            shards.forEach(each -> each.advance(time.nowNanos()));
            settle();
        }
    }

    /** Does all that was posted to the loops. */
    public void settle() {
        while (!posted.isEmpty()) {
            posted.remove().accept(time.nowNanos());
        }
    }

    // ---- inside --------------------------------------------------------------------------------------------------

    public ScriptedUpstream upstream() {
        return upstream;
    }

    public Router router() {
        return router;
    }

    public PacketTrace trace() {
        return trace;
    }

    public long count(Count count) {
        return shards.stream().mapToLong(each -> each.counters().get(count)).sum();
    }

    public long count(IngressCount count) {
        return ingress.get(count);
    }

    public Census census() {
        return shards.stream().map(Shard::census).reduce(Census.EMPTY, Census::plus);
    }

    public void usePolicy(ClientPolicy policy) {
        shards.forEach(each -> each.usePolicy(policy));
    }

    /** Begins to advertise on the test's network. */
    public void advertise(Duration interval) {
        new Advertiser(
                        dialectSettings.gatewayId(),
                        interval,
                        shards.get(0),
                        upstream::isAvailable,
                        advertise -> broadcasts.add(new Broadcast(advertise, 0)))
                .start(time.nowNanos());
    }

    /** The {@link #successor}, which has taken up what this one's store has kept. */
    public TestGateway restarted(Options options) {
        return restarted(options, links -> links);
    }

    public TestGateway restarted() {
        return restarted(Options.DEFAULTS);
    }

    /** As {@link #restarted()}, but none of the links is there on which the clients were. */
    public TestGateway restartedWithoutLinks() {
        return restarted(Options.DEFAULTS, nowhere -> Optional.empty());
    }

    private TestGateway restarted(Options options, UnaryOperator<Optional<TestAddress>> links) {
        TestGateway after = successor(options);
        after.restore(links);
        return after;
    }

    /** The {@link #successor}, after the power has failed: with what the store had made safe, and nothing else. */
    public TestGateway crashed() {
        TestGateway after = new TestGateway(Options.DEFAULTS, store.crash(), time);
        after.restore();
        return after;
    }

    /** Another gateway after this one, at the same time, that can {@link #restore} what this one's store has kept. */
    public TestGateway successor(Options options) {
        return new TestGateway(options, store, time);
    }

    public TestGateway successor() {
        return successor(Options.DEFAULTS);
    }

    /** Takes up what the store has kept. */
    public void restore() {
        restore(links -> links);
    }

    private void restore(UnaryOperator<Optional<TestAddress>> links) {
        KeptContents kept = KeptContents.of(store);
        kept.retained().forEach(upstream::restore);
        KeptAddresses addresses = new KeptAddresses();
        for (KeptSession each : kept.sessions()) {
            if (addresses.isFirstAt(each)) {
                restore(each, each.values().address(), links);
            }
        }
        for (KeptSession each : addresses.contenders()) {
            restore(each, addresses.takesAddress(each) ? each.values().address() : "", links);
            settle();
        }
        kept.wills().forEach(each -> ownerOf(each.clientId()).shard().restore(each));
        settle();
    }

    private void restore(KeptSession kept, String storedForm, UnaryOperator<Optional<TestAddress>> links) {
        NetworkIdentity address = ForwardedIdentity.find(storedForm, text -> links.apply(TestAddress.find(text)))
                .orElse(null);
        ownerOf(kept.values().clientId()).restore(kept, address, time.nowNanos());
    }

    /** All that the store has kept of sessions, by client id. */
    public Map<String, KeptSession> kept() {
        Map<String, KeptSession> byClientId = new TreeMap<>();
        KeptContents.of(store)
                .sessions()
                .forEach(each -> byClientId.put(each.values().clientId(), each));
        return byClientId;
    }

    private Dialect ownerOf(String clientId) {
        return dialects.get(Math.floorMod(clientId.hashCode(), dialects.size()));
    }

    private record Broadcast(Packet packet, int radius) {}

    /** Encodes as the links do: with the envelope of the forwarder that the client is behind. */
    private final class Wire implements PacketSink {
        @Override
        public void send(NetworkIdentity to, Packet packet) {
            send(to, packet, 0);
        }

        @Override
        public void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius) {
            if (onLinkOf instanceof ForwardedIdentity) {
                send(onLinkOf, packet, Math.min(radius, 3)); // the forwarder does it, as far as Ctrl can tell
            } else {
                broadcasts.add(new Broadcast(packet, radius));
            }
        }

        private void send(NetworkIdentity to, Packet packet, int radius) {
            if (to instanceof ForwardedIdentity forwarded) {
                Octets inner = PacketCodec.encode(packet);
                send(forwarded.forwarder(), new Encapsulated(radius, forwarded.nodeId(), inner), 0);
                return;
            }
            ByteBuf datagram = Unpooled.buffer();
            PacketCodec.encode(packet, datagram);
            network.accept(to, datagram);
        }
    }
}

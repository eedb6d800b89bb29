package io.causeway.benchmarks;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.dialect.v12.Dialect;
import io.causeway.dialect.v12.DialectSettings;
import io.causeway.dialect.v12.Ingress;
import io.causeway.dialect.v12.PacketSink;
import io.causeway.dialect.v12.PacketTrace;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Directory;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.SessionSettings;
import io.causeway.session.Shard;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one PUBLISH of a client costs in the core: from its datagram to the last packet that follows from it, with an
 * upstream that takes it at once and sockets that cost nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    private static final int CLIENTS = 1_000;
    private static final int PAYLOAD_OCTETS = 64;

    private final ArrayDeque<LongConsumer> posted = new ArrayDeque<>();
    private final Ingress ingress = newGateway();
    private final ByteBuf[] atQos0 = new ByteBuf[CLIENTS];
    private final ByteBuf[] atQos1 = new ByteBuf[CLIENTS];
    private final ByteBuf[] delivered = new ByteBuf[CLIENTS];
    private int next;

    private record Address(int number) implements NetworkIdentity {
        @Override
        public Object admissionKey() {
            return "localhost";
        }

        @Override
        public int largestPacketOctets() {
            return 65_507;
        }
    }

    /** Clients that are connected, have a topic registered, and of which one has subscribed to {@code out/#}. */
    @Setup
    public void connectClients() {
        for (int i = 0; i < CLIENTS; i++) {
            receive(i, encoded(new Connect(false, true, 1, 0, "client-" + i)));
            receive(i, encoded(new Register(0, 1, "in/" + i)));
            receive(i, encoded(new Register(0, 2, "out/" + i)));
            atQos0[i] = encoded(publish(Qos.AT_MOST_ONCE, 1, 0));
            atQos1[i] = encoded(publish(Qos.AT_LEAST_ONCE, 1, i + 1));
            delivered[i] = encoded(publish(Qos.AT_MOST_ONCE, 2, 0));
        }
        receive(CLIENTS, encoded(new Connect(false, true, 1, 0, "subscriber")));
        for (int i = 0; i < CLIENTS; i++) {
            Topic topic = new Topic.Name("out/" + i);
            receive(CLIENTS, encoded(new Subscribe(false, Qos.AT_MOST_ONCE, i + 1, topic)));
        }
    }

    /** To nobody. */
    @Benchmark
    public void publishQos0() {
        int client = nextClient();
        receive(client, atQos0[client]);
    }

    /** To nobody; PUBACK. */
    @Benchmark
    public void publishQos1() {
        int client = nextClient();
        receive(client, atQos1[client]);
    }

    /** To one subscriber, who gets it at QoS 0. */
    @Benchmark
    public void publishAndDeliverQos0() {
        int client = nextClient();
        receive(client, delivered[client]);
    }

    private int nextClient() {
        next = next + 1 == CLIENTS ? 0 : next + 1;
        return next;
    }

    private void receive(int client, ByteBuf datagram) {
        long nowNanos = System.nanoTime();
        ingress.onDatagram(new Address(client), datagram, false, nowNanos);
        for (LongConsumer work = posted.poll(); work != null; work = posted.poll()) {
            work.accept(nowNanos);
        }
    }

    private Ingress newGateway() {
        Router router = new Router();
        Directory directory = new Directory();
        DialectSettings settings = new DialectSettings(1, Leniency.FIELD, true, false, Duration.ofSeconds(40));
        PacketSink nowhere = new Nowhere();
        Shard shard = new Shard(
                SessionSettings.DEFAULTS,
                AdmissionSettings.DEFAULTS,
                ClientPolicy.OPEN,
                new LocalUpstream(router, new RetainedStore(1, 1 << 20), SessionStore.NONE),
                SessionStore.NONE,
                posted::add,
                directory,
                1,
                System.nanoTime());
        Dialect dialect = new Dialect(shard, settings, nowhere, new PacketTrace());
        return new Ingress(settings, nowhere, List.of(dialect), dialect, directory, System.nanoTime());
    }

    private static Publish publish(Qos qos, int topicId, int msgId) {
        Octets data = Octets.of(new byte[PAYLOAD_OCTETS]);
        return new Publish(false, qos, false, TopicIdType.NORMAL, topicId, msgId, data);
    }

    private static ByteBuf encoded(Packet packet) {
        ByteBuf octets = Unpooled.directBuffer();
        PacketCodec.encode(packet, octets);
        return octets;
    }

    private static final class Nowhere implements PacketSink {
        private final ByteBuf out = Unpooled.directBuffer(2 * PAYLOAD_OCTETS);

        @Override
        public void send(NetworkIdentity to, Packet packet) {
            PacketCodec.encode(packet, out.clear());
        }

        @Override
        public void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius) {
            send(onLinkOf, packet);
        }
    }
}

package io.causeway.benchmarks;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One packet to and from octets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final int PAYLOAD_OCTETS = 64;

    private final Publish publish =
            new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, 7, 9, Octets.of(new byte[PAYLOAD_OCTETS]));
    private final PubAck pubAck = new PubAck(7, 9, ReturnCode.ACCEPTED);
    private final ByteBuf publishOctets = encoded(publish);
    private final ByteBuf pubAckOctets = encoded(pubAck);
    private final ByteBuf out = Unpooled.directBuffer(2 * PAYLOAD_OCTETS);

    @Benchmark
    public Packet decodePublish() throws MalformedPacketException {
        return PacketCodec.decode(publishOctets, Leniency.FIELD);
    }

    @Benchmark
    public Packet decodePubAck() throws MalformedPacketException {
        return PacketCodec.decode(pubAckOctets, Leniency.FIELD);
    }

    @Benchmark
    public ByteBuf encodePublish() {
        PacketCodec.encode(publish, out.clear());
        return out;
    }

    @Benchmark
    public ByteBuf encodePubAck() {
        PacketCodec.encode(pubAck, out.clear());
        return out;
    }

    private static ByteBuf encoded(Packet packet) {
        ByteBuf octets = Unpooled.directBuffer();
        PacketCodec.encode(packet, octets);
        return octets;
    }
}

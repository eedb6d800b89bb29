package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Requirement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTest {
    private static final int PACKETS = 5_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Requirement("W-FMT-01")
    void anyPacket_isReadAsItWasWritten(long seed) throws MalformedPacketException {
        var generator = new PacketGenerator(seed);
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < PACKETS; i++) {
            Packet packet = generator.next();
            String which = "packet %d of seed %d".formatted(i, seed);

            PacketCodec.encode(packet, datagram.clear());

            assertThat(datagram.readableBytes()).as(which).isEqualTo(PacketCodec.encodedLength(packet));
            assertThat(PacketCodec.decode(datagram, Leniency.STRICT)).as(which).isEqualTo(packet);
            assertThat(PacketCodec.decode(datagram, Leniency.FIELD)).as(which).isEqualTo(packet);
        }
        datagram.release();
    }

    @ParameterizedTest
    @EnumSource
    void packetOfAnyType_callsItsHandlerMethodAndNamesItsType(MessageType type) {
        Packet packet = new PacketGenerator(0).next(type);

        assertThat(packet.type()).isEqualTo(type);
        assertThat(VectorFields.of(packet).path("type").asText()).isEqualTo(type.name());
    }
}

package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every datagram, whatever is in it. */
final class DecodingLaws {
    private DecodingLaws() {}

    /** Fails if a law is broken; any exception that is not {@link MalformedPacketException} comes through. */
    static void check(byte[] datagram) {
        Optional<Packet> strict = check(datagram, Leniency.STRICT);
        Optional<Packet> lenient = check(datagram, Leniency.FIELD);
        if (strict.isPresent()) {
            assertThat(lenient).isEqualTo(strict);
        }
    }

    private static Optional<Packet> check(byte[] datagram, Leniency leniency) {
        ByteBuf in = Unpooled.wrappedBuffer(datagram);
        Optional<Packet> decoded = decode(in, leniency);
        assertUntouched(in, datagram.length);

        boolean hasTrailingOctets = PacketCodec.hasTrailingOctets(in);
        assertUntouched(in, datagram.length);
        if (decoded.isPresent()) {
            assertThat(hasTrailingOctets && !leniency.trailingOctets()).isFalse();
            assertReencodes(decoded.get());
        }
        return decoded;
    }

    private static Optional<Packet> decode(ByteBuf in, Leniency leniency) {
        try {
            return Optional.of(PacketCodec.decode(in, leniency));
        } catch (MalformedPacketException malformed) {
            assertThat(malformed.messageType()).isBetween(MalformedPacketException.UNKNOWN, 0xFF);
            assertThat(malformed.msgId()).isBetween(MalformedPacketException.UNKNOWN, 0xFFFF);
            assertThat(malformed.topicId()).isBetween(MalformedPacketException.UNKNOWN_TOPIC_ID, 0xFFFF);
            return Optional.empty();
        }
    }

    private static void assertUntouched(ByteBuf in, int octets) {
        assertThat(in.readerIndex()).isZero();
        assertThat(in.writerIndex()).isEqualTo(octets);
        assertThat(in.refCnt()).isEqualTo(1);
    }

    /** What was read can be sent, strictly correct, and is understood as the same. */
    private static void assertReencodes(Packet packet) {
        Octets sent = PacketCodec.encode(packet);
        assertThat(sent.length()).isEqualTo(PacketCodec.encodedLength(packet));
        Packet received = decode(sent.asByteBuf(), Leniency.STRICT).orElseThrow();
        assertThat(received).isEqualTo(asSent(packet));
    }

    /** The packet, without a message id that is of no meaning and never sent. */
    private static Packet asSent(Packet packet) {
        if (packet instanceof Publish publish && !publish.qos().isAcknowledged()) {
            return new Publish(
                    publish.dup(),
                    publish.qos(),
                    publish.retain(),
                    publish.topicIdType(),
                    publish.topicId(),
                    0,
                    publish.data());
        }
        return packet;
    }
}

package io.causeway.radio.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiveSlabTest {
    private static final int LONGEST_OCTETS = 0xffff;

    private final DefaultChannelConfig config = new DefaultChannelConfig(new EmbeddedChannel());
    private final ExtendedHandle handle = new ReceiveSlab().newHandle();

    @Test
    void everyDatagram_mayBeTheLongest() {
        handle.reset(config);
        do {
            assertThat(receive(LONGEST_OCTETS).writerIndex()).isEqualTo(LONGEST_OCTETS);
        } while (handle.continueReading());
    }

    @Test
    void datagramsOfABatch_doNotOverlap() {
        handle.reset(config);
        List<ByteBuf> batch = new ArrayList<>();
        do {
            batch.add(receive(100));
        } while (handle.continueReading());

        assertThat(batch).hasSizeGreaterThan(10);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).setByte(0, i).setByte(99, i);
        }
        for (int i = 0; i < batch.size(); i++) {
            assertThat(batch.get(i).getByte(0)).isEqualTo((byte) i);
            assertThat(batch.get(i).getByte(99)).isEqualTo((byte) i);
        }
    }

    @Test
    void datagramsGivenBack_nextBatchUsesTheirMemory() {
        handle.reset(config);
        receive(1).setByte(0, 42).release();

        handle.reset(config);

        assertThat(receive(1).getByte(0)).isEqualTo((byte) 42);
    }

    @Test
    void datagramKept_isLeftAlone() {
        handle.reset(config);
        ByteBuf kept = receive(1).setByte(0, 42);

        handle.reset(config);
        receive(1).setByte(0, 7);

        assertThat(kept.getByte(0)).isEqualTo((byte) 42);
        assertThat(kept.refCnt()).isEqualTo(1);
    }

    private ByteBuf receive(int octets) {
        ByteBuf datagram = handle.allocate(ByteBufAllocator.DEFAULT);
        assertThat(datagram.readableBytes()).isZero();
        assertThat(datagram.writableBytes()).isEqualTo(LONGEST_OCTETS);
        handle.lastBytesRead(octets);
        handle.incMessagesRead(1);
        return datagram.writerIndex(octets);
    }
}

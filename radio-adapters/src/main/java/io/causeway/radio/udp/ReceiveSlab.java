package io.causeway.radio.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;

/**
 * The memory that one event loop receives into. A datagram may be as long as UDP allows and is mostly a few dozen
 * octets; so that none is cut short and no 64 KiB are spent on each, they are received one behind the other into a slab
 * that is used from its start again for every batch: listeners only borrow. Should one keep a datagram all the same, it
 * keeps that slab, and the loop goes on with a new one.
 *
 * <p>Owned by the event loop, whose sockets share it.
 */
final class ReceiveSlab implements RecvByteBufAllocator {
    /** The length field of a UDP header cannot say more. */
    private static final int LONGEST_DATAGRAM_OCTETS = 0xffff;

    private static final int SLAB_OCTETS = 4 * LONGEST_DATAGRAM_OCTETS;

    /** So many are read before they are handled; enough to make the loop's own work small beside them. */
    private static final int DATAGRAMS_PER_BATCH = 64;

    private ByteBuf slab = newSlab();
    private int usedOctets;

    @Override
    public ExtendedHandle newHandle() {
        return new Batch();
    }

    private void rewind() {
        if (slab.refCnt() > 1) {
            slab.release();
            slab = newSlab();
        }
        usedOctets = 0;
    }

    /** Left to the garbage collector: it lives as long as its event loop has sockets. */
    private static ByteBuf newSlab() {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SLAB_OCTETS));
    }

    private final class Batch implements ExtendedHandle {
        private int datagrams;
        private int attemptedOctets;
        private int lastOctets;

        @Override
        public void reset(ChannelConfig config) {
            rewind();
            datagrams = 0;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator unused) {
            return slab.retainedSlice(usedOctets, LONGEST_DATAGRAM_OCTETS).clear();
        }

        @Override
        public int guess() {
            return LONGEST_DATAGRAM_OCTETS;
        }

        @Override
        public void lastBytesRead(int octets) {
            lastOctets = octets;
            usedOctets += octets;
        }

        @Override
        public int lastBytesRead() {
            return lastOctets;
        }

        @Override
        public void incMessagesRead(int count) {
            datagrams += count;
        }

        @Override
        public void attemptedBytesRead(int octets) {
            attemptedOctets = octets;
        }

        @Override
        public int attemptedBytesRead() {
            return attemptedOctets;
        }

        @Override
        public boolean continueReading() {
            return datagrams < DATAGRAMS_PER_BATCH && SLAB_OCTETS - usedOctets >= LONGEST_DATAGRAM_OCTETS;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return continueReading();
        }

        @Override
        public void readComplete() {}
    }
}

package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads messages that only their own length tells apart, so that one lost octet would shift everything behind it. In step
 * it trusts each header that is plausible. Out of step it goes on octet by octet until a whole message is followed by
 * another one or by silence; only then that counts as one.
 */
final class LengthDecoder implements FrameDecoder {
    private final MessageShape shape;
    private final FrameMeter meter;
    private final MessageListener listener;
    private final long timeoutNanos;

    /** The longest message, and the longest header behind it: what has to wait is always less, so there is room. */
    private final ByteBuf kept;

    private boolean isInStep = true;
    private long lastOctetNanos;

    LengthDecoder(FrameSettings settings, MessageShape shape, FrameMeter meter, MessageListener listener) {
        this.shape = shape;
        this.meter = meter;
        this.listener = listener;
        this.timeoutNanos = settings.interOctetTimeout().toNanos();
        int capacity = settings.maxPacketOctets() + MessageShape.MOST_HEADER_OCTETS;
        this.kept = Unpooled.buffer(capacity, capacity);
    }

    @Override
    public void decode(ByteBuf octets, long nowNanos) {
        lastOctetNanos = nowNanos;
        while (octets.isReadable()) {
            kept.discardReadBytes();
            kept.writeBytes(octets, Math.min(octets.readableBytes(), kept.writableBytes()));
            scan(false);
        }
    }

    @Override
    public boolean awaitsSilence() {
        return kept.isReadable() || !isInStep;
    }

    @Override
    public void onTime(long nowNanos) {
        if (nowNanos - lastOctetNanos < timeoutNanos) {
            return;
        }
        scan(true);
        isInStep = true; // what begins behind a silence begins with a header
    }

    @Override
    public void reset() {
        kept.clear();
        isInStep = true;
    }

    /** @param isSilent whether nothing more will come to what is kept */
    private void scan(boolean isSilent) {
        while (kept.isReadable()) {
            int octets = shape.octetsAt(kept, kept.readerIndex());
            if (octets == MessageShape.NO_MESSAGE) {
                skipOctet(FrameFault.NO_MESSAGE);
            } else if (octets == MessageShape.UNDECIDED || octets > kept.readableBytes()) {
                if (!isSilent) {
                    return;
                }
                skipOctet(FrameFault.INCOMPLETE);
            } else if (isInStep) {
                take(octets);
            } else {
                int next = shape.octetsAt(kept, kept.readerIndex() + octets);
                if (next == MessageShape.UNDECIDED && !isSilent) {
                    return;
                }
                boolean isLast = isSilent && octets == kept.readableBytes();
                if (next > 0 || isLast) {
                    take(octets);
                } else {
                    skipOctet(FrameFault.NO_MESSAGE);
                }
            }
        }
    }

    private void skipOctet(FrameFault fault) {
        if (isInStep) {
            isInStep = false;
            meter.failed(fault);
        }
        meter.discarded(1);
        kept.skipBytes(1);
    }

    private void take(int octets) {
        isInStep = true;
        boolean isEcho = shape.isEcho(kept, kept.readerIndex());
        ByteBuf message = kept.readSlice(octets);
        if (isEcho) {
            meter.failed(FrameFault.ECHO);
            meter.discarded(octets);
            return;
        }
        listener.onMessage(message);
    }
}

package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Reads SLIP frames, each with one message in it. The next END is always in step again. */
final class SlipDecoder implements FrameDecoder {
    /** The envelope of an Aquila bridge: node ids have two octets, and the length is that of all that follows. */
    private static final int AQUILA_ENVELOPE_OCTETS = 5;

    private final int prefixOctets;
    private final int crcOctets;
    private final MessageShape shape;
    private final FrameMeter meter;
    private final MessageListener listener;
    private final long timeoutNanos;

    private final ByteBuf frame;

    /** Since the last END, escapes included. */
    private int octetsOnLine;

    private boolean isEscaped;
    private @Nullable FrameFault fault;
    private long lastOctetNanos;

    SlipDecoder(
            FrameSettings settings, boolean withCrc, MessageShape shape, FrameMeter meter, MessageListener listener) {
        this.prefixOctets = settings.prefixOctets();
        this.crcOctets = withCrc ? Crc16.OCTETS : 0;
        this.shape = shape;
        this.meter = meter;
        this.listener = listener;
        this.timeoutNanos = settings.interOctetTimeout().toNanos();
        int capacity = prefixOctets + settings.maxPacketOctets() + crcOctets;
        this.frame = Unpooled.buffer(capacity, capacity);
    }

    @Override
    public void decode(ByteBuf octets, long nowNanos) {
        lastOctetNanos = nowNanos;
        while (octets.isReadable()) {
            take(octets.readUnsignedByte());
        }
    }

    private void take(int octet) {
        if (octet == Slip.END) {
            end();
            return;
        }
        octetsOnLine++;
        if (isEscaped) {
            isEscaped = false;
            switch (octet) {
                case Slip.ESC_END -> append(Slip.END);
                case Slip.ESC_ESC -> append(Slip.ESC);
                default -> fault = FrameFault.ESCAPE;
            }
        } else if (octet == Slip.ESC) {
            isEscaped = true;
        } else {
            append(octet);
        }
    }

    private void append(int octet) {
        if (frame.isWritable()) {
            frame.writeByte(octet);
        } else if (fault == null) {
            fault = FrameFault.OVERSIZED;
        }
    }

    private void end() {
        if (octetsOnLine == 0) {
            return;
        }
        FrameFault found = findFault();
        if (found != null) {
            meter.failed(found);
            meter.discarded(octetsOnLine);
            reset();
            return;
        }
        ByteBuf message = frame.slice(prefixOctets, frame.readableBytes() - prefixOctets);
        reset();
        listener.onMessage(message);
    }

    /** Why there is no message in the frame; if there is one, it ends the frame afterwards. */
    private @Nullable FrameFault findFault() {
        if (isEscaped) {
            return FrameFault.ESCAPE;
        }
        if (fault != null) {
            return fault;
        }
        int octets = frame.readableBytes() - crcOctets;
        if (octets <= prefixOctets) {
            return FrameFault.NO_MESSAGE;
        }
        if (crcOctets > 0 && crcOf(octets) != frame.getUnsignedShortLE(octets)) {
            return FrameFault.CHECKSUM;
        }
        frame.writerIndex(octets);
        mendEnvelope(octets - prefixOctets);
        if (shape.octetsAt(frame, prefixOctets) != octets - prefixOctets) {
            return FrameFault.NO_MESSAGE;
        }
        return shape.isEcho(frame, prefixOctets) ? FrameFault.ECHO : null;
    }

    private int crcOf(int octets) {
        int crc = Crc16.START;
        for (int i = 0; i < octets; i++) {
            crc = Crc16.update(crc, frame.getUnsignedByte(i));
        }
        return crc;
    }

    private void mendEnvelope(int octets) {
        boolean coversAll = octets > AQUILA_ENVELOPE_OCTETS && frame.getUnsignedByte(prefixOctets) == octets;
        if (coversAll && frame.getUnsignedByte(prefixOctets + 1) == MessageShape.ENCAPSULATED) {
            frame.setByte(prefixOctets, AQUILA_ENVELOPE_OCTETS);
        }
    }

    @Override
    public boolean awaitsSilence() {
        return octetsOnLine > 0;
    }

    @Override
    public void onTime(long nowNanos) {
        if (octetsOnLine > 0 && nowNanos - lastOctetNanos >= timeoutNanos) {
            meter.failed(FrameFault.INCOMPLETE);
            meter.discarded(octetsOnLine);
            reset();
        }
    }

    @Override
    public void reset() {
        frame.clear();
        octetsOnLine = 0;
        isEscaped = false;
        fault = null;
    }
}

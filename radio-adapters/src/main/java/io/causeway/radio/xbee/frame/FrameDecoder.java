package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the frames in what comes from a serial line, cut anywhere and with anything between and inside them. Whatever
 * comes, the next good frame is found: nothing collected is thrown away but what cannot be the start of a frame.
 *
 * <p>With escapes a raw delimiter is always a start. Without them it may be data: what does not turn out to be a frame
 * was a false start, and the search goes on with the octet after it, in what has been collected already.
 *
 * <p>Keeps at most one frame's octets. Not thread-safe: owned by whoever serves the line.
 *
 * @param <F> the frames of one direction
 */
public final class FrameDecoder<F extends ApiFrame> {
    /** A sender writes a frame without pauses; drivers and converters add less than this. */
    static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final int LENGTH_END = 3;
    private static final int FIRST_RADIO_TYPE = 0x80;

    /** Reads the frame data of one direction. */
    private interface Reader<F> {
        Optional<? extends F> read(int type, ByteBuf data) throws MalformedFrameException;
    }

    private final ApiMode mode;
    private final boolean fromRadio;
    private final Reader<F> reader;
    private final Consumer<? super F> frames;

    /** From a delimiter on, unescaped; the delimiter of a frame that is on its way is at index 0. */
    private final byte[] collected = new byte[ApiMode.MOST_DATA_OCTETS + ApiMode.OCTETS_AROUND_DATA];

    private int count;
    private boolean escaped;
    private long lastOctetNanos;

    private long badChecksums;
    private long impossibleLengths;
    private long falseStarts;
    private long timedOut;
    private long outsideOctets;
    private long unknownTypes;
    private long malformed;

    private FrameDecoder(ApiMode mode, boolean fromRadio, Reader<F> reader, Consumer<? super F> frames) {
        this.mode = mode;
        this.fromRadio = fromRadio;
        this.reader = reader;
        this.frames = frames;
    }

    /** For a host: what its radio sends. */
    public static FrameDecoder<RadioFrame> ofRadio(ApiMode mode, Consumer<? super RadioFrame> frames) {
        return new FrameDecoder<>(mode, true, RadioFrame::read, frames);
    }

    /** For a radio: what its host sends. */
    public static FrameDecoder<HostFrame> ofHost(ApiMode mode, Consumer<? super HostFrame> frames) {
        return new FrameDecoder<>(mode, false, HostFrame::read, frames);
    }

    /**
     * Takes what has come, and hands over the frames that are complete with it. However late that is: what waited for its
     * reader was no pause of the sender.
     *
     * @param octets consumed; borrowed for the call
     */
    public void decode(ByteBuf octets, long nowNanos) {
        while (octets.isReadable()) {
            onOctet(octets.readUnsignedByte());
        }
        lastOctetNanos = nowNanos;
    }

    /** Gives up a frame that has stopped coming; to be called now and then while nothing comes. */
    public void expire(long nowNanos) {
        while (count > 0 && nowNanos - lastOctetNanos > LONGEST_PAUSE.toNanos()) {
            timedOut++;
            giveUp();
            takeFrames();
        }
    }

    public FrameErrors errors() {
        return new FrameErrors(
                badChecksums, impossibleLengths, falseStarts, timedOut, outsideOctets, unknownTypes, malformed);
    }

    private void onOctet(int octet) {
        if (mode == ApiMode.UNESCAPED) {
            collect(octet);
        } else if (octet == ApiMode.DELIMITER) {
            if (count > 0) {
                falseStarts++;
            }
            escaped = false;
            count = 0;
            collect(octet);
        } else if (count == 0) {
            outsideOctets++;
        } else if (octet == ApiMode.ESCAPE && !escaped) {
            escaped = true;
        } else {
            collect(escaped ? octet ^ ApiMode.ESCAPE_XOR : octet);
            escaped = false;
        }
    }

    private void collect(int octet) {
        collected[count++] = (byte) octet;
        if (count == 1 && octet != ApiMode.DELIMITER) {
            count = 0;
            outsideOctets++;
            return;
        }
        takeFrames();
    }

    /** Takes what is complete at the front, and gives up what cannot become a frame. */
    private void takeFrames() {
        while (count >= LENGTH_END) {
            int length = (at(1) << Byte.SIZE) | at(2);
            if (length == 0 || length > ApiMode.MOST_DATA_OCTETS) {
                impossibleLengths++;
                giveUp();
            } else if (count > LENGTH_END && (at(LENGTH_END) >= FIRST_RADIO_TYPE) != fromRadio) {
                falseStarts++;
                giveUp();
            } else if (count < length + ApiMode.OCTETS_AROUND_DATA) {
                return;
            } else if (!sumIsRight(length)) {
                badChecksums++;
                giveUp();
            } else {
                deliver(length);
            }
        }
    }

    private int at(int index) {
        return Byte.toUnsignedInt(collected[index]);
    }

    private boolean sumIsRight(int length) {
        int sum = 0;
        for (int i = 0; i <= length; i++) {
            sum += at(LENGTH_END + i);
        }
        return (sum & 0xFF) == 0xFF;
    }

    private void deliver(int length) {
        int type = at(LENGTH_END);
        ByteBuf data = Unpooled.copiedBuffer(collected, LENGTH_END + 1, length - 1);
        discard(length + ApiMode.OCTETS_AROUND_DATA);
        try {
            Optional<? extends F> frame = reader.read(type, data);
            if (frame.isEmpty()) {
                unknownTypes++;
            }
            frame.ifPresent(frames);
        } catch (MalformedFrameException e) {
            malformed++;
        }
    }

    /** The delimiter at the front was none. */
    private void giveUp() {
        if (mode == ApiMode.ESCAPED) {
            count = 0; // a delimiter in what is collected is data
            escaped = false;
        } else {
            discard(1);
        }
    }

    /** Drops octets at the front, and those behind them up to the next delimiter. */
    private void discard(int octets) {
        int start = octets;
        while (start < count && at(start) != ApiMode.DELIMITER) {
            outsideOctets++;
            start++;
        }
        count -= start;
        System.arraycopy(collected, start, collected, 0, count);
    }
}

package io.causeway.radio.xbee;

import io.causeway.radio.port.SerialLine;
import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.FrameDecoder;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Frames over a serial line, in the mode that the radio turns out to be in. Owned by the loop. */
final class RadioLine {
    private static final int SHOWN_OCTETS = 16;

    private final SerialLine line;
    private final Consumer<RadioFrame> frames;
    private final ByteBuf firstOctets = Unpooled.buffer(SHOWN_OCTETS, SHOWN_OCTETS);
    private ApiMode mode = ApiMode.ESCAPED;
    private ApiMode readMode = mode;
    private FrameDecoder<RadioFrame> decoder;
    private FrameErrors earlierErrors = FrameErrors.NONE;

    RadioLine(SerialLine line, Consumer<RadioFrame> frames) {
        this.line = line;
        this.frames = frames;
        this.decoder = FrameDecoder.ofRadio(readMode, frames);
    }

    /** From now on for what is sent, and from the next read on for what comes: the one at hand may not be at its end. */
    void use(ApiMode newMode) {
        mode = newMode;
    }

    ApiMode mode() {
        return mode;
    }

    String portName() {
        return line.name();
    }

    void useRate(int bitsPerSecond) {
        line.useRate(bitsPerSecond);
    }

    /** @return whether the line has taken it */
    boolean send(HostFrame frame) {
        return line.write(mode.encode(frame));
    }

    /** Sends text to a radio in transparent mode. */
    void send(String text) {
        line.write(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    void receive(ByteBuf octets, long nowNanos) {
        int shown = Math.min(octets.readableBytes(), firstOctets.writableBytes());
        firstOctets.writeBytes(octets, octets.readerIndex(), shown);
        if (readMode != mode) {
            earlierErrors = errors();
            readMode = mode;
            decoder = FrameDecoder.ofRadio(mode, frames);
        }
        decoder.decode(octets, nowNanos);
    }

    void onTick(long nowNanos) {
        decoder.expire(nowNanos);
    }

    void forgetFirstOctets() {
        firstOctets.clear();
    }

    /** What the first octets were since they were forgotten, for the operator. */
    String firstOctets() {
        return firstOctets.isReadable() ? "received " + ByteBufUtil.hexDump(firstOctets) : "received nothing";
    }

    FrameErrors errors() {
        return earlierErrors.plus(decoder.errors());
    }
}

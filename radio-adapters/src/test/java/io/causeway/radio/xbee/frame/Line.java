package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The far end of a line: a decoder of either direction, fed with octets as a test writes them, and what came out. */
final class Line {
    final List<ApiFrame> frames = new ArrayList<>();
    final FrameDecoder<? extends ApiFrame> decoder;

    /** The {@code System.nanoTime()} scale is about to wrap. */
    long nowNanos = Long.MAX_VALUE - 5;

    Line(ApiMode mode, boolean fromRadio) {
        decoder = fromRadio ? FrameDecoder.ofRadio(mode, frames::add) : FrameDecoder.ofHost(mode, frames::add);
    }

    static Line fromRadio(ApiMode mode) {
        return new Line(mode, true);
    }

    Line receive(String... hex) {
        return receive(Unpooled.wrappedBuffer(
                HexFormat.of().parseHex(String.join("", hex).replace(" ", ""))));
    }

    Line receive(Octets octets) {
        ByteBuf buffer = Unpooled.buffer();
        octets.writeTo(buffer);
        return receive(buffer);
    }

    Line receive(ByteBuf octets) {
        decoder.decode(octets, nowNanos);
        return this;
    }

    void pass(long millis) {
        nowNanos += millis * 1_000_000;
        decoder.expire(nowNanos);
    }

    FrameErrors errors() {
        return decoder.errors();
    }
}

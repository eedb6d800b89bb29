package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The receiving end of a line, in a time of its own that is about to wrap. */
final class Receiver {
    static final Duration TIMEOUT = Duration.ofMillis(100);
    static final int MAX_PACKET_OCTETS = 512;

    final FrameMeter meter = new FrameMeter();
    final FrameDecoder decoder;
    private final List<String> messages = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5;

    Receiver(Framing framing) {
        this(framing, new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 0, MAX_PACKET_OCTETS, TIMEOUT));
    }

    Receiver(Framing framing, FrameSettings settings) {
        decoder = framing.decoder(settings, meter, message -> messages.add(hex(message)));
    }

    /** Takes no packets longer than a line has to. */
    static Receiver ofShortPackets(Framing framing) {
        int most = FrameSettings.LEAST_MAX_PACKET_OCTETS;
        return new Receiver(framing, new FrameSettings(Sender.CLIENT, Encapsulation.AUTO, 0, most, TIMEOUT));
    }

    /** @param parts in hexadecimal, received one at a time and at once */
    Receiver receive(String... parts) {
        for (String part : parts) {
            receive(octets(part));
        }
        return this;
    }

    void receive(byte[] octets) {
        decoder.decode(Unpooled.wrappedBuffer(octets), nowNanos);
    }

    Receiver fallSilent() {
        pass(TIMEOUT);
        decoder.onTime(nowNanos);
        return this;
    }

    void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    long nowNanos() {
        return nowNanos;
    }

    /** What has come so far, in hexadecimal. */
    List<String> messages() {
        return messages;
    }

    long faults(FrameFault fault) {
        return meter.badFrames().getOrDefault(fault, 0L);
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String hex(ByteBuf octets) {
        return ByteBufUtil.hexDump(octets);
    }

    /** As a line carries a message. */
    static String onLine(Framing framing, String message) {
        ByteBuf out = Unpooled.buffer();
        framing.encode(Unpooled.wrappedBuffer(octets(message)), out);
        return hex(out);
    }
}

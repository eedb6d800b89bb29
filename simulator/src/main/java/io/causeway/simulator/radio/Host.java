package io.causeway.simulator.radio;

import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.FrameDecoder;
import io.causeway.radio.xbee.frame.FrameErrors;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.RadioFrame;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gateway, as its radio sees it: frames to it and from it. Owned by the thread of the run. */
final class Host {
    private final Uart uart;
    private final Consumer<HostFrame> frames;

    /** Null while the radio does not speak in frames. */
    private @Nullable ApiMode mode;

    private @Nullable FrameDecoder<HostFrame> decoder;

    /** Nobody hears what is said to a port that has not been opened, as far as that shows. */
    private boolean isThere;

    Host(Uart uart, Consumer<HostFrame> frames) {
        this.uart = uart;
        this.frames = frames;
    }

    /** @param ap from now on; other than 1 and 2 no frames are told and taken */
    void use(int ap) {
        mode = ap == 0 ? null : ap == ApiMode.ESCAPED.ap() ? ApiMode.ESCAPED : ApiMode.UNESCAPED;
        decoder = mode == null ? null : FrameDecoder.ofHost(mode, frames);
    }

    /** Whoever comes next has not spoken yet. */
    void forget() {
        isThere = false;
    }

    /** It has sent something. */
    void notice() {
        isThere = true;
    }

    /** @return whether it was all frames, or parts of them */
    boolean take(ByteBuf octets, long nowNanos) {
        FrameDecoder<HostFrame> current = decoder;
        if (current == null) {
            return false;
        }
        FrameErrors before = current.errors();
        current.decode(octets, nowNanos);
        return current.errors().equals(before);
    }

    boolean isInFrames() {
        return mode != null;
    }

    /** @return whether it arrives, and unharmed */
    boolean tell(RadioFrame frame, long nowNanos) {
        return mode != null && isThere && uart.send(mode.encode(frame), nowNanos);
    }

    /** Octets that are no frame. */
    void say(ByteBuf octets, long nowNanos) {
        if (isThere) {
            uart.send(octets, nowNanos);
        }
    }

    /** Whether a message from a node finds room. */
    boolean hasRoom(long nowNanos) {
        return uart.hasRoom(nowNanos);
    }
}

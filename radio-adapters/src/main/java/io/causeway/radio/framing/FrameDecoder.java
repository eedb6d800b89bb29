package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;

/**
 * Finds the messages in what a line receives, however that is cut, and gets into step again after anything. Belongs to
 * one thread; times are on the {@link System#nanoTime} scale.
 */
public sealed interface FrameDecoder permits LengthDecoder, SlipDecoder {
    /**
     * Takes what was received, and tells the listener of every message that is complete. However late that is, it does
     * not count as silence before them: octets that came in time may have waited for their turn.
     *
     * @param octets   read to their end
     * @param nowNanos when they came
     */
    void decode(ByteBuf octets, long nowNanos);

    /** Whether silence would tell anything, so that {@link #onTime} has to be called. */
    boolean awaitsSilence();

    /**
     * Gives up what the line has fallen silent in; finds the messages in it that had to wait for that. To be called when
     * all is handed over that has come; early calls do nothing.
     */
    void onTime(long nowNanos);

    /** Forgets what is kept, for a line that was interrupted. */
    void reset();
}

package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;

/**
 * Finds the messages in what a line receives, however that is cut, and gets into step again after anything. Belongs to
 * one thread; times are on the {@link System#nanoTime} scale.
 */
public sealed interface FrameDecoder permits LengthDecoder, SlipDecoder {
    /**
     * Takes what was received, and tells the listener of every message that is complete.
     *
     * @param octets   read to their end
     * @param nowNanos when they came
     */
    void decode(ByteBuf octets, long nowNanos);

    /** Whether octets are kept that are no message yet, so that {@link #onTime} has to be called. */
    boolean isIncomplete();

    /**
     * Gives up what the line has fallen silent in; finds the messages in it that had to wait for that. Early calls do
     * nothing.
     */
    void onTime(long nowNanos);

    /** Forgets what is kept, for a line that was interrupted. */
    void reset();
}

package io.causeway.radio.framing;

import io.netty.buffer.ByteBuf;

/** Takes the messages that a {@link FrameDecoder} finds. */
@FunctionalInterface
public interface MessageListener {
    /** @param message one message, with the envelope it is in if it is in one; borrowed for the call */
    void onMessage(ByteBuf message);
}

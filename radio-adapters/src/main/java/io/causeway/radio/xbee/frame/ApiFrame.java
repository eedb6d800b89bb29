package io.causeway.radio.xbee.frame;

import io.netty.buffer.ByteBuf;

/** One frame of API mode, without what delimits it on the line. An immutable value. */
public sealed interface ApiFrame permits HostFrame, RadioFrame {
    /** Writes the type and what follows it. */
    void writeData(ByteBuf out);
}

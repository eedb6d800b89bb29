package io.causeway.session;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Topic names that are two octets long and stand for themselves in a packet (1.2 §6.7). */
final class ShortName {
    /** No short name; every two octets that are one are less than 0x10000. */
    static final int NONE = -1;

    private ShortName() {}

    /** The two octets of the name, most significant first, or {@link #NONE} if it is not two octets long. */
    static int octetsOf(String topic) {
        if (topic.length() > 2) {
            return NONE;
        }
        ByteBuffer octets = StandardCharsets.UTF_8.encode(CharBuffer.wrap(topic));
        return octets.remaining() == 2 ? octets.getShort() & 0xFFFF : NONE;
    }
}

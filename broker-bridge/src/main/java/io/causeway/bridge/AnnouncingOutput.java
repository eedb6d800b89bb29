package io.causeway.bridge;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Sets the bit in CONNECT, the first packet, that makes us a bridge: see {@link Announcement}. For one thread. */
final class AnnouncingOutput extends FilterOutputStream {
    private static final int BRIDGE = 0x80;

    /** From the last octet of the length (MQTT 3.1.1 §2.2.3) over the protocol name to the level (§3.1.2.2). */
    private static final int LENGTH_TO_LEVEL = 2 + "MQTT".length() + 1;

    private int position;
    private int levelAt;

    AnnouncingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (levelAt != 0 && position > levelAt) {
            out.write(octets, offset, length);
            return;
        }
        byte[] passed = Arrays.copyOfRange(octets, offset, offset + length);
        for (int i = 0; i < length; i++) {
            if (levelAt == 0 && position > 0 && passed[i] >= 0) {
                levelAt = position + LENGTH_TO_LEVEL;
            } else if (position == levelAt && position > 0) {
                passed[i] |= (byte) BRIDGE;
            }
            position++;
        }
        out.write(passed, 0, length);
    }
}

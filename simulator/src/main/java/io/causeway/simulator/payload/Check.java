package io.causeway.simulator.payload;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** What tells whether a payload is as it was written: CRC-32C over all of it but the check itself. */
final class Check {
    static final int OCTETS = Integer.BYTES;
    /** Of one that people can read, in hexadecimal. */
    static final int CHARACTERS = 2 * OCTETS;

    private Check() {}

    /**
     * @param offset where the check stands in the payload
     * @param length how many octets it takes there
     */
    static int of(byte[] payload, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, offset);
        crc.update(payload, offset + length, payload.length - offset - length);
        return (int) crc.getValue();
    }

    /** Puts it into a payload with room for it. */
    static void writeReadable(byte[] payload, int offset) {
        String check = HexFormat.of().toHexDigits(of(payload, offset, CHARACTERS));
        System.arraycopy(check.getBytes(StandardCharsets.US_ASCII), 0, payload, offset, CHARACTERS);
    }
}

package io.causeway.radio.framing;

/** CRC-16/XMODEM: polynomial 0x1021, from 0, not reflected; that of "123456789" is 0x31C3. */
final class Crc16 {
    static final int OCTETS = 2;
    static final int START = 0;

    private static final int POLYNOMIAL = 0x1021;
    private static final short[] TABLE = new short[256];

    static {
        for (int octet = 0; octet < TABLE.length; octet++) {
            int crc = octet << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            TABLE[octet] = (short) crc;
        }
    }

    private Crc16() {}

    /**
     * @param crc of the octets before, {@link #START} for none
     * @return 0 to 0xFFFF
     */
    static int update(int crc, int octet) {
        return (crc << 8 ^ TABLE[crc >> 8 ^ octet]) & 0xFFFF;
    }
}

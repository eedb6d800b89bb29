package io.causeway.radio.xbee;

/** The firmware families, which differ in what they carry and how they address it. */
enum Family {
    ZIGBEE("Zigbee", 84, 66),
    DIGIMESH("DigiMesh", 73, 65),
    IEEE_802_15_4("802.15.4", 100, 95);

    private static final int NO_DIGIT = -1;

    private final String label;
    private final int payloadOctets;
    private final int encryptedOctets;

    Family(String label, int payloadOctets, int encryptedOctets) {
        this.label = label;
        this.payloadOctets = payloadOctets;
        this.encryptedOctets = encryptedOctets;
    }

    /** What one packet carries, where the radio does not tell. */
    int payloadOctets() {
        return payloadOctets;
    }

    /** The longest payload worth trying after one of this length was too large for a node. */
    int octetsBelow(int tooMany) {
        if (tooMany > payloadOctets) {
            return payloadOctets;
        }
        return tooMany > encryptedOctets ? encryptedOctets : Math.max(1, tooMany - 1);
    }

    /** Whether hardware and firmware are ones that the family is known of; others are taken for Zigbee. */
    static boolean isKnown(long hv) {
        return generation(hv) != Generation.UNKNOWN;
    }

    /**
     * Tells the family.
     *
     * @param hv hardware version
     * @param vr firmware version, whose first hexadecimal digit tells the family within a generation
     */
    static Family of(long hv, long vr) {
        int digit = firstDigit(vr);
        return switch (generation(hv)) {
            case S1 -> digit == 8 ? DIGIMESH : IEEE_802_15_4;
            case S2, UNKNOWN -> ZIGBEE;
            case S2C -> digit == 2 ? IEEE_802_15_4 : digit == 9 ? DIGIMESH : ZIGBEE;
            case XBEE_3 -> digit == 2 ? IEEE_802_15_4 : digit == 3 ? DIGIMESH : ZIGBEE;
        };
    }

    private enum Generation {
        S1,
        S2,
        S2C,
        XBEE_3,
        UNKNOWN
    }

    private static Generation generation(long hv) {
        return switch ((int) (hv >>> Byte.SIZE)) {
            case 0x17, 0x18 -> Generation.S1;
            case 0x19, 0x1A, 0x1E -> Generation.S2;
            case 0x21, 0x22, 0x2D, 0x2E, 0x30 -> Generation.S2C;
            case 0x41, 0x42, 0x43 -> Generation.XBEE_3;
            default -> Generation.UNKNOWN;
        };
    }

    private static int firstDigit(long number) {
        return number == 0 ? NO_DIGIT : Character.digit(Long.toHexString(number).charAt(0), 16);
    }

    @Override
    public String toString() {
        return label;
    }
}

package io.causeway.simulator.radio;

/** What firmware a radio has, and with it which network and which frames. */
public enum Family {
    /** An S2C coordinator; it takes messages of up to 255 octets apart. */
    ZIGBEE(0x2E47, 0x4060, 255),
    /** An S2C, whose network has neither coordinator nor 16-bit addresses. */
    DIGIMESH(0x2E47, 0x9002, 73),
    /** An S1, which has frames of its own, knows fewer commands, and reaches its neighbours only. */
    IEEE_802_15_4(0x1746, 0x10EF, 100);

    private final int hardware;
    private final int firmware;
    private final int largestPayloadOctets;

    Family(int hardware, int firmware, int largestPayloadOctets) {
        this.hardware = hardware;
        this.firmware = firmware;
        this.largestPayloadOctets = largestPayloadOctets;
    }

    /** As the command HV tells. */
    int hardware() {
        return hardware;
    }

    /** As the command VR tells. */
    int firmware() {
        return firmware;
    }

    public int largestPayloadOctets() {
        return largestPayloadOctets;
    }
}

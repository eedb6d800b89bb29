package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.ApiMode;
import io.causeway.radio.xbee.frame.HostFrame;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.causeway.radio.xbee.frame.TransmitRequest;
import io.causeway.radio.xbee.frame.TransmitRequest16;
import io.causeway.radio.xbee.frame.TransmitRequest64;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a radio has told about itself.
 *
 * @param parameters    its answers by command; without those that it does not know
 * @param mode          the API mode it is in
 * @param bitsPerSecond the rate it answers at
 */
record RadioIdentity(Map<String, Long> parameters, ApiMode mode, int bitsPerSecond) {
    /** Where a radio does not tell how many hops its network may have (NH). */
    private static final int DEFAULT_HOPS = 0x1E;

    /** Where a radio does not tell how long its end devices sleep (SP), in 10 ms. */
    private static final int DEFAULT_SLEEP = 0x20;

    /** What the radio itself and the line need besides. */
    private static final Duration STATUS_MARGIN = Duration.ofMillis(500);

    /** Transmit option for a node that sleeps: its parent keeps the packet until it asks. */
    private static final int EXTENDED_TIME_OUT = 0x40;

    private static final int ATTEMPTS = 3;
    private static final int NANOS_PER_MILLI = 1_000_000;

    RadioIdentity {
        parameters = Map.copyOf(parameters);
    }

    Family family() {
        return Family.of(value("HV", 0), value("VR", 0));
    }

    long value(String command, long otherwise) {
        return parameters.getOrDefault(command, otherwise);
    }

    boolean knows(String command) {
        return parameters.containsKey(command);
    }

    /** Whether it only takes the frames of the first 802.15.4 radios, which newer ones also do with AO=2. */
    boolean isLegacy() {
        return family() == Family.IEEE_802_15_4 && value("AO", 2) == 2;
    }

    long address64() {
        return (value("SH", 0) << Integer.SIZE) | value("SL", 0);
    }

    /**
     * The longest payload that it takes (NP). A Zigbee radio says 255 when it can cut a packet into pieces.
     *
     * @param fragmentation whether it may do so
     */
    int payloadOctets(boolean fragmentation) {
        Family family = family();
        long told = value("NP", 0);
        if (told <= 0) {
            return family.payloadOctets();
        }
        int octets = (int) Math.min(told, XBeeSettings.MOST_PAYLOAD_OCTETS);
        return family == Family.ZIGBEE && !fragmentation ? Math.min(octets, family.payloadOctets()) : octets;
    }

    /** How long the radio may take to tell how a transmission went: three attempts over all hops, and to a sleeper. */
    long statusTimeOutNanos(boolean toEndDevice) {
        boolean oneHop = family() == Family.IEEE_802_15_4;
        long hopsMillis = 50 * (oneHop ? 1 : value("NH", DEFAULT_HOPS));
        boolean mayAllSleep = oneHop && value("SP", 0) > 0;
        long nodeMillis = toEndDevice || mayAllSleep ? 12 * value("SP", DEFAULT_SLEEP) : 100;
        return ATTEMPTS * (hopsMillis + nodeMillis) * NANOS_PER_MILLI + STATUS_MARGIN.toNanos();
    }

    /** The frame that makes the radio send it. */
    HostFrame request(Transmission transmission) {
        int id = transmission.frameId;
        Node node = transmission.node;
        Octets payload = transmission.payload;
        if (isLegacy()) {
            return node.address instanceof XBeeAddress.Network network
                    ? new TransmitRequest16(id, network.address16(), 0, payload)
                    : new TransmitRequest64(id, address64(node), 0, payload);
        }
        boolean isZigbee = family() == Family.ZIGBEE;
        int address16 = node.address instanceof XBeeAddress.Network network
                ? network.address16()
                : isZigbee ? node.address16 : RadioAddresses.UNKNOWN_16;
        int options = isZigbee && node.isEndDevice ? EXTENDED_TIME_OUT : 0;
        return new TransmitRequest(id, address64(node), address16, transmission.radius, options, payload);
    }

    private static long address64(Node node) {
        return node.address instanceof XBeeAddress.Serial serial ? serial.address64() : RadioAddresses.UNKNOWN_64;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("XBee ").append(family()).append(' ').append(new XBeeAddress.Serial(address64()));
        appendHex(text, ", hardware ", "HV");
        appendHex(text, ", firmware ", "VR");
        appendHex(text, ", channel ", "CH");
        appendHex(text, ", network ", knows("OP") ? "OP" : "ID");
        appendHex(text, ", 16-bit address ", "MY");
        text.append(", API mode ").append(mode.ap());
        text.append(", ").append(bitsPerSecond).append(" baud");
        if (knows("NP")) {
            text.append(", NP ").append(value("NP", 0));
        }
        return text.toString();
    }

    private void appendHex(StringBuilder text, String label, String command) {
        if (knows(command)) {
            text.append(label).append(Long.toHexString(value(command, 0)).toUpperCase(Locale.ROOT));
        }
    }
}

package io.causeway.radio.xbee;

/**
 * How a transmission went, by what there is to do about it.
 *
 * <p>Sent again is at most once what may have gone out, and the rest left to MQTT-SN: two layers of repetitions multiply on a slow channel.
 */
enum DeliveryStatus {
    DELIVERED,
    /** The neighbour did not acknowledge. */
    NO_NEIGHBOUR(500, 1_000),
    CHANNEL_BUSY(20, 100),
    /** It sleeps and did not fetch it. */
    NOT_FETCHED,
    /** It did not acknowledge; perhaps it has another 16-bit address now, so the second time the radio asks for it. */
    NO_ACKNOWLEDGEMENT(0, 0),
    /** The radio itself is in no network. */
    NOT_JOINED(0, 0),
    ADDRESS_NOT_FOUND,
    ROUTE_NOT_FOUND(1_000, 1_000),
    /** More is under way than the radio has buffers for. */
    NO_BUFFERS(100, 500),
    TOO_LARGE,
    /** The radio or the node is set up in a way that cannot work. */
    MISCONFIGURED,
    /** Anything else, of which some only inform. */
    OTHER;

    private static final long NEVER = -1;

    private final long leastPauseMillis;
    private final long mostPauseMillis;

    DeliveryStatus() {
        this(NEVER, NEVER);
    }

    DeliveryStatus(long leastPauseMillis, long mostPauseMillis) {
        this.leastPauseMillis = leastPauseMillis;
        this.mostPauseMillis = mostPauseMillis;
    }

    /** Of a code in 0x89 or 0x8B. */
    static DeliveryStatus of(int code) {
        return switch (code) {
            case 0x00 -> DELIVERED;
            case 0x01 -> NO_NEIGHBOUR;
            case 0x02 -> CHANNEL_BUSY;
            case 0x03, 0x75 -> NOT_FETCHED;
            case 0x15, 0x2B, 0x2D, 0x2E, 0x34, 0x35, 0xBB -> MISCONFIGURED;
            case 0x18, 0x2C, 0x31, 0x32 -> NO_BUFFERS;
            case 0x21 -> NO_ACKNOWLEDGEMENT;
            case 0x22 -> NOT_JOINED;
            case 0x24 -> ADDRESS_NOT_FOUND;
            case 0x25 -> ROUTE_NOT_FOUND;
            case 0x74 -> TOO_LARGE;
            default -> OTHER;
        };
    }

    boolean isWorthAnotherTry() {
        return leastPauseMillis != NEVER;
    }

    long leastPauseMillis() {
        return leastPauseMillis;
    }

    long mostPauseMillis() {
        return mostPauseMillis;
    }

    /** Whether the radio did not send it at all, so that even what must not arrive twice may go again. */
    boolean provesUnsent() {
        return this == CHANNEL_BUSY || this == NOT_JOINED || this == NO_BUFFERS;
    }

    /** Whether the node is away, or no longer where it was: each further packet for it would cost the radio seconds. */
    boolean meansAbsence() {
        return this == NO_ACKNOWLEDGEMENT || this == ADDRESS_NOT_FOUND || this == ROUTE_NOT_FOUND;
    }
}

package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.FrameErrors;
import java.util.EnumMap;
import java.util.Map;

/** Counts for {@link XBeeCounters}. Owned by the loop. */
final class XBeeMeter {
    private final Map<DeliveryStatus, Long> failures = new EnumMap<>(DeliveryStatus.class);
    private long retries;
    private long lostStatuses;
    private long unknownStatuses;
    private long expired;
    private long wrongLengths;
    private long foreignPackets;
    private long starts;

    void failed(DeliveryStatus status) {
        failures.merge(status, 1L, Long::sum);
    }

    void retried() {
        retries++;
    }

    void statusLost() {
        lostStatuses++;
    }

    void statusUnknown() {
        unknownStatuses++;
    }

    void expired() {
        expired++;
    }

    void wrongLength() {
        wrongLengths++;
    }

    void foreignPacket() {
        foreignPackets++;
    }

    void started() {
        starts++;
    }

    XBeeCounters read(FrameErrors frameErrors, Transmissions transmissions, NodeTable nodes) {
        return new XBeeCounters(
                frameErrors,
                count(DeliveryStatus.NO_NEIGHBOUR) + count(DeliveryStatus.NO_ACKNOWLEDGEMENT),
                count(DeliveryStatus.ADDRESS_NOT_FOUND) + count(DeliveryStatus.ROUTE_NOT_FOUND),
                count(DeliveryStatus.NOT_FETCHED),
                count(DeliveryStatus.CHANNEL_BUSY),
                count(DeliveryStatus.NO_BUFFERS),
                count(DeliveryStatus.NOT_JOINED),
                count(DeliveryStatus.TOO_LARGE),
                count(DeliveryStatus.MISCONFIGURED),
                count(DeliveryStatus.OTHER),
                retries,
                lostStatuses,
                unknownStatuses,
                expired,
                wrongLengths,
                foreignPackets,
                starts,
                transmissions.waiting(),
                nodes.size(),
                transmissions.heldNodes(),
                transmissions.window());
    }

    private long count(DeliveryStatus status) {
        return failures.getOrDefault(status, 0L);
    }
}

package io.causeway.store;

/**
 * A QoS 2 message of a client that was taken and is not released.
 *
 * @param packetId    1 to 65,535; of MQTT-SN also 0
 * @param fingerprint tells a repetition from another message under the same packet id; 0 where that is not asked
 */
public record StoredReceived(int packetId, long fingerprint) {
    private static final int HIGHEST = 0xffff;

    /** @throws IllegalArgumentException if the packet id is out of range: a bug of the caller */
    public StoredReceived {
        if (packetId < 0 || packetId > HIGHEST) {
            throw new IllegalArgumentException("the packet id " + packetId);
        }
    }
}

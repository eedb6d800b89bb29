package io.causeway.store;

/**
 * A QoS 2 message of a client that was taken and is not released.
 *
 * @param packetId    1 to 65,535; of MQTT-SN also 0
 * @param fingerprint tells a repetition from another message under the same packet id; 0 where that is not asked
 */
public record StoredReceived(int packetId, long fingerprint) {}

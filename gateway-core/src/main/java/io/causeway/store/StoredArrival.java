package io.causeway.store;

import io.causeway.routing.ApplicationMessage;

/**
 * A QoS 2 message that a broker elsewhere has sent and been told to have arrived (PUBREC), until it is completed.
 *
 * @param link      the name of the connection that it came over
 * @param message   as the broker sent it
 * @param delivered its subscribers' queues have it: it must not be delivered again
 */
public record StoredArrival(String link, int packetId, ApplicationMessage message, boolean delivered) {}

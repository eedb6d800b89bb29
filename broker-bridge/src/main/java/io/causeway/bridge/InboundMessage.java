package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;

/**
 * A message from the broker.
 *
 * @param message    with the topic as at the broker
 * @param packetId   what to acknowledge; 0 at QoS 0
 * @param connection number of the connection that it came over: on another one the packet id means another message
 * @param overBridge whether the broker takes that connection for one of a bridge: live messages keep their retain flag
 */
record InboundMessage(ApplicationMessage message, int packetId, long connection, boolean overBridge) {}

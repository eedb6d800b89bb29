package io.causeway.client;

import java.net.InetSocketAddress;

/**
 * A gateway that made itself known by GWINFO or ADVERTISE (1.2 §6.1).
 *
 * @param gatewayId 0 to 255
 * @param address   where it is to be talked to
 */
public record FoundGateway(int gatewayId, InetSocketAddress address) {}

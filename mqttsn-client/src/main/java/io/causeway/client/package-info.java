/**
 * An MQTT-SN 1.2 client. {@link io.causeway.client.ClientSession} is the protocol alone: no socket, thread or clock, so it
 * runs under virtual time. {@link io.causeway.client.MqttSnClient} is the same over UDP, with thousands of clients on one
 * {@link io.causeway.client.ClientLoop}; it can connect again by itself ({@link io.causeway.client.Reconnection}), and to
 * what gateways there are ({@link io.causeway.client.GatewayWatch}).
 */
@NullMarked
package io.causeway.client;

import org.jspecify.annotations.NullMarked;

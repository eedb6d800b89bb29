/**
 * MQTT 3.1, 3.1.1 and 5 packets from octets and to octets, from the server's side. The packets are Netty's types; the
 * reading of them is our own, because a server has to tell the kinds of bad octets apart, never looks beyond the packet
 * at hand, and does not start over with each octet that comes in.
 */
@NullMarked
package io.causeway.broker.wire;

import org.jspecify.annotations.NullMarked;

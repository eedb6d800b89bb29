/**
 * The wire format of MQTT-SN 1.2 (specification of 14 November 2013, section 5), in its own words: one record per
 * message type, which checks its fields when built and reads and writes its own body, and {@link
 * io.causeway.codec.v12.PacketCodec} for the header around it. Both directions of every message are here, for gateways
 * and for clients. Nothing knows a session, a clock or a socket; all is immutable and may be shared between threads,
 * and a buffer is borrowed for the call only.
 *
 * <p>What the codec refuses is what cannot be a packet: contradicting lengths, reserved values, text that is not UTF-8.
 * What can be read but is not allowed (a wildcard in a topic name, an unknown protocol id, a will of QoS -1) is
 * passed on, because a session can answer it with a return code.
 */
@NullMarked
package io.causeway.codec.v12;

import org.jspecify.annotations.NullMarked;

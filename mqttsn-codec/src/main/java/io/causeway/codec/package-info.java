/**
 * What the MQTT-SN packets of every protocol version are made of: strings of octets, and the error for those that are
 * no packet. The packets themselves are in one package per version, because the versions share no message type and no
 * field layout. Netty's buffers are used here to borrow octets, never to keep them.
 */
@NullMarked
package io.causeway.codec;

import org.jspecify.annotations.NullMarked;

/**
 * Cuts MQTT-SN messages out of a stream of octets, and makes such a stream of messages: the message's own length, SLIP,
 * and SLIP with a checksum. Octets and time come as arguments, so everything works without a port and without waiting.
 * Of a message only so much is known as it takes to tell one from noise: how long it says it is, and its type.
 */
@NullMarked
package io.causeway.radio.framing;

import org.jspecify.annotations.NullMarked;

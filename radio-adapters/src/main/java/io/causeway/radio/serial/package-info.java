/**
 * MQTT-SN over a plain serial line: one {@link io.causeway.radio.port.SerialLine}, whose octets a {@link
 * io.causeway.radio.framing.Framing} cuts into messages. There is one peer at the other end. If that is a forwarder, the
 * clients behind it are told apart above, by their envelopes.
 */
@NullMarked
package io.causeway.radio.serial;

import org.jspecify.annotations.NullMarked;

/**
 * The gateway core held against MQTT-SN 1.2, one class per area of the specification: octets in, octets out, messages
 * up to the broker and down from it, in virtual time.
 */
@NullMarked
package io.causeway.conformance;

import org.jspecify.annotations.NullMarked;

/**
 * The forwarder of MQTT-SN 1.2 (sections 3 and 5.5): takes the messages of devices from any number of links, puts each
 * into an envelope that names the device, and sends it to a gateway elsewhere; and takes those of the gateway out of
 * theirs. It knows datagrams, addresses and envelopes, finds and watches the gateway, and keeps nothing about a device:
 * so it can be restarted at any time without one of them noticing.
 */
@NullMarked
package io.causeway.forwarder;

import org.jspecify.annotations.NullMarked;

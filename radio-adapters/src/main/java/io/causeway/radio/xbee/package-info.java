/**
 * XBee radios in API mode, of the Zigbee, DigiMesh and 802.15.4 families: finds out what radio is there and how it
 * speaks, carries datagrams to and from its nodes, and keeps one slow node from slowing the others. All of it but {@link
 * io.causeway.radio.xbee.XBeeTransport} and {@link io.causeway.radio.xbee.RadioProbe} is told the time and owned by one
 * event loop.
 */
@NullMarked
package io.causeway.radio.xbee;

import org.jspecify.annotations.NullMarked;

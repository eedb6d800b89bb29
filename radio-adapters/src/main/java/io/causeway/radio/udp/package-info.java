/**
 * MQTT-SN's datagrams over UDP, IPv4 and IPv6. An answer always leaves from the address and port that was asked: a
 * wildcard address is served by one socket for each address of the machine, followed as these come and go, and
 * multicast groups have sockets of their own that only receive.
 */
@NullMarked
package io.causeway.radio.udp;

import org.jspecify.annotations.NullMarked;

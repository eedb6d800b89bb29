/** Tests of the UDP transport: over the loopback interface, and over made-up networks in a network namespace. */
@NullMarked
package io.causeway.radio.udp;

import org.jspecify.annotations.NullMarked;

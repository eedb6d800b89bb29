/**
 * Between sensors and the gateway: sockets, and what a bad network does to datagrams on their way. All that it does is
 * drawn from seeds and driven by the time it is given, so that the same run meets the same network.
 */
@NullMarked
package io.causeway.simulator.network;

import org.jspecify.annotations.NullMarked;

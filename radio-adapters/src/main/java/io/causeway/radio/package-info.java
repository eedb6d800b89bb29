/**
 * The links to the sensors: a {@link io.causeway.radio.Transport} carries datagrams between the peers of one kind of
 * network and the rest of the gateway, and a {@link io.causeway.radio.LinkAddress} says where one came from and where
 * its answer goes. Datagrams and addresses only: what is inside a datagram, and whose session it belongs to, is known
 * above. Each adapter has a package of its own below this one.
 */
@NullMarked
package io.causeway.radio;

import org.jspecify.annotations.NullMarked;

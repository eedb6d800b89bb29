/**
 * What must hold whatever the network, the clients and the broker do: a whole gateway with honest clients on links that
 * lose, duplicate and reorder, in virtual time, the same for the same seed.
 */
@NullMarked
package io.causeway.invariants;

import org.jspecify.annotations.NullMarked;

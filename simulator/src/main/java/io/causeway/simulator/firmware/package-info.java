/**
 * What the firmwares of deployed sensors do in their own way, as far as it shows on the wire: between the session of a
 * sensor, which does what the specification says, and the network.
 */
@NullMarked
package io.causeway.simulator.firmware;

import org.jspecify.annotations.NullMarked;

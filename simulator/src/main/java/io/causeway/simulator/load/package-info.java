/**
 * How much a gateway carries: a fleet that does nothing but publish, as fast as it is acknowledged or at a rate, and what
 * is measured of a span of it. Only what has arrived at the broker counts.
 */
@NullMarked
package io.causeway.simulator.load;

import org.jspecify.annotations.NullMarked;

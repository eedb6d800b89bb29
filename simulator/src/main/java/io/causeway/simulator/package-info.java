/** Sensors by the thousand, to load and to try a gateway: the commands below {@code causeway simulate}. */
@NullMarked
package io.causeway.simulator;

import org.jspecify.annotations.NullMarked;

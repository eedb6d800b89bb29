/**
 * What must survive a restart, and the seam to where it is kept: changes go in, in units that become durable as a whole
 * and in order; at the start whole values come out. Knows no file and no protocol; whose the values are, {@code session}
 * and its like say.
 */
@NullMarked
package io.causeway.store;

import org.jspecify.annotations.NullMarked;

/**
 * Serial ports: which there are, and lines that are kept open over a port that comes and goes. Octets only: what is in
 * them is known to the adapters that use a line.
 */
@NullMarked
package io.causeway.radio.port;

import org.jspecify.annotations.NullMarked;

/**
 * Radios and serial lines without hardware: what is at the other end of a pseudo-terminal that a gateway takes for its
 * port. An XBee coordinator with the network behind it, or a line with clients on it, each with the faults that such
 * things have; and what a gateway must not do with them. All of it is drawn from a seed and driven by the time it is
 * given; only {@link io.causeway.simulator.radio.PtyMedium} knows a process and a clock.
 */
@NullMarked
package io.causeway.simulator.radio;

import org.jspecify.annotations.NullMarked;

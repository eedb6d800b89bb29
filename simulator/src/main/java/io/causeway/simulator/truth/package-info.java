/**
 * Who has sent what, who has promised it, and what has arrived: every message by its number. The gateway is judged by
 * this, and not by what it says.
 */
@NullMarked
package io.causeway.simulator.truth;

import org.jspecify.annotations.NullMarked;

/**
 * Payloads that can be told from each other: each carries a {@link io.causeway.simulator.payload.Stamp}, in any of the
 * formats of a scenario.
 */
@NullMarked
package io.causeway.simulator.payload;

import org.jspecify.annotations.NullMarked;

package io.causeway.simulator.payload;

/**
 * What a payload with a stamp tells.
 *
 * @param isIntact whether each octet of the payload is as it was written; if not, the stamp may not be either
 */
public record Stamped(Stamp stamp, boolean isIntact) {}

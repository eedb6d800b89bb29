/**
 * Forwards topics of the broker in this process to a broker elsewhere, and back, by rules: so that a site runs on its own
 * while the other one is away, and catches up after.
 */
@NullMarked
package io.causeway.bridge.rules;

import org.jspecify.annotations.NullMarked;

/** A whole gateway core for tests: virtual time, in-memory addresses, a scripted upstream, real octets. */
@NullMarked
package io.causeway.harness;

import org.jspecify.annotations.NullMarked;

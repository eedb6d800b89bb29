/**
 * Measures what it costs to keep promises over a restart: octets written for a message, how fast a gateway comes back with
 * its sleepers and its journal. Many clients share one socket by a forwarder's envelope.
 */
@NullMarked
package io.causeway.benchmarks.store;

import org.jspecify.annotations.NullMarked;

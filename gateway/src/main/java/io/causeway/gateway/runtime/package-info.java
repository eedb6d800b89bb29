/**
 * A running gateway: the core's shards on event loops, links to the radio side, an upstream to the broker side, and
 * what operators read of them. The one place that knows all modules; nothing here decides what the protocol does.
 */
@NullMarked
package io.causeway.gateway.runtime;

import org.jspecify.annotations.NullMarked;

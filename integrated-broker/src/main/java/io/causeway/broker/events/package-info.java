/** What the broker tells about itself and its clients, as messages. */
@NullMarked
package io.causeway.broker.events;

import org.jspecify.annotations.NullMarked;

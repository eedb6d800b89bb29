/**
 * Deadlines: one wheel that holds any number of timers and says which are due. Time is an argument, so the core and the
 * client run on it in a test as they do in an event loop.
 */
@NullMarked
package io.causeway.timer;

import org.jspecify.annotations.NullMarked;

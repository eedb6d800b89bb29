/**
 * The gateway as a whole: what its parts are and how they are put together, and the program that runs it.
 */
@NullMarked
package io.causeway.gateway;

import org.jspecify.annotations.NullMarked;

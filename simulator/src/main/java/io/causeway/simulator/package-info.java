/** placeholder */
@NullMarked
package io.causeway.simulator;

import org.jspecify.annotations.NullMarked;

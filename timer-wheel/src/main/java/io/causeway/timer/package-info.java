/** placeholder */
@NullMarked
package io.causeway.timer;

import org.jspecify.annotations.NullMarked;

/** placeholder */
@NullMarked
package io.causeway.bridge;

import org.jspecify.annotations.NullMarked;

/** placeholder */
@NullMarked
package io.causeway.routing;

import org.jspecify.annotations.NullMarked;

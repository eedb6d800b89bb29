/** placeholder */
@NullMarked
package io.causeway.gateway;

import org.jspecify.annotations.NullMarked;

/** placeholder */
@NullMarked
package io.causeway.client;

import org.jspecify.annotations.NullMarked;

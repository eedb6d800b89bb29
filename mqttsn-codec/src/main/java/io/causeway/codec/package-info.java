/** placeholder */
@NullMarked
package io.causeway.codec;

import org.jspecify.annotations.NullMarked;

/** placeholder */
@NullMarked
package io.causeway.radio;

import org.jspecify.annotations.NullMarked;

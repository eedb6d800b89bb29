/** Tests of what all transports share. */
@NullMarked
package io.causeway.radio;

import org.jspecify.annotations.NullMarked;

/** Tests of the frames and of their way over the line. */
@NullMarked
package io.causeway.radio.xbee.frame;

import org.jspecify.annotations.NullMarked;

/** Tests of the link over a serial line: over a made-up line, and through a pseudo-terminal. */
@NullMarked
package io.causeway.radio.serial;

import org.jspecify.annotations.NullMarked;

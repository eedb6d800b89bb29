/** Tests of the framings: vectors, every way to cut a stream, noise, and silence, in a time that the tests set. */
@NullMarked
package io.causeway.radio.framing;

import org.jspecify.annotations.NullMarked;

/** Tests of the ports: over made-up ones, and over pseudo-terminals that are plugged and pulled. */
@NullMarked
package io.causeway.radio.port;

import org.jspecify.annotations.NullMarked;

/** Tests of the adapter against a radio that is scripted, in virtual time. */
@NullMarked
package io.causeway.radio.xbee;

import org.jspecify.annotations.NullMarked;

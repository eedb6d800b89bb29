/**
 * The API frames of XBee radios and how they travel on the serial line, in both API modes and both directions: one
 * record per frame type, an encoder, and a decoder that finds the next good frame after any octets. Values only, besides
 * the decoder's buffer: no port, no clock, no thread.
 */
@NullMarked
package io.causeway.radio.xbee.frame;

import org.jspecify.annotations.NullMarked;

/**
 * The broker beside one that nobody here wrote: the same script of client actions is played against mosquitto and
 * against Causeway, and what every client saw is compared. The client of these tests has its own encoding, shares no
 * code with the broker, and can misbehave.
 */
@NullMarked
package io.causeway.broker.differential;

import org.jspecify.annotations.NullMarked;

/**
 * The other end: a client of the MQTT broker behind the gateway, which sees what arrives there, and sends commands to the
 * fleet. MQTT 3.1.1 on the loop of the run, for a few microseconds a message.
 */
@NullMarked
package io.causeway.simulator.verify;

import org.jspecify.annotations.NullMarked;

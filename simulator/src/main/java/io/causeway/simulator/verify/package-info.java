/**
 * The other end: a client of the MQTT broker behind the gateway, which sees what arrives there, and sends commands to the
 * fleet. What it sees it hands over to the thread of the run.
 */
@NullMarked
package io.causeway.simulator.verify;

import org.jspecify.annotations.NullMarked;

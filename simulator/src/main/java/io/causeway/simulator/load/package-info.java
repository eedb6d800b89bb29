/**
 * Load on a whole system: a fleet of MQTT-SN clients publishes over UDP, and a subscriber at the MQTT broker behind the
 * gateway counts what arrives. All on one thread and with little CPU, so that the gateway gets the rest of a small
 * machine. What a gateway acknowledged early, or never passed on, does not count.
 */
@NullMarked
package io.causeway.simulator.load;

import org.jspecify.annotations.NullMarked;

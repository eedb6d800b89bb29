package io.causeway.simulator.report;

import io.causeway.simulator.truth.Tally;
import java.util.Map;

/**
 * What became of a group.
 *
 * @param name           of the group
 * @param sensors        how many it has
 * @param neverConnected how many of those that appeared the gateway never accepted; 0 for beacons
 * @param up             its messages to the broker
 * @param down           its commands
 * @param troubles       what went wrong for its sensors, how often; in the order to be shown
 */
public record GroupReport(
        String name, int sensors, int neverConnected, Tally up, Tally down, Map<Trouble, Long> troubles) {}

package io.causeway.gateway.admin;

import java.time.Duration;

/**
 * A node as a radio sees it, for the operator.
 *
 * @param link       the link that it is on
 * @param address    what it is known by, as in the log
 * @param name       as it calls itself; empty if it has not said so
 * @param signalDbm  strength of its last packet; 0 where the radio does not tell
 * @param sinceHeard how long ago it was heard last
 * @param waiting    datagrams that wait for it
 * @param away       whether they wait because it seems away
 */
public record RadioNode(
        String link, String address, String name, int signalDbm, Duration sinceHeard, int waiting, boolean away) {}

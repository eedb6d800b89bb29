package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.FrameErrors;

/**
 * What an XBee link has counted since it was opened, besides what all links count, and how it stands; a snapshot.
 *
 * @param frameErrors      what came from the radio besides frames
 * @param notAcknowledged  transmissions that the node or the first hop did not acknowledge (01, 21)
 * @param notFound         to nodes that the network does not find (24, 25)
 * @param notFetched       to sleeping nodes that did not ask in time (03, 75)
 * @param channelBusy      that found no gap in the air (02)
 * @param noBuffers        that the radio had no room for (18, 2C, 31, 32)
 * @param notJoined        refused because the radio is in no network (22)
 * @param tooLarge         too large for the way to the node (74)
 * @param misconfigured    that cannot work as radio or node are set up (15, 2B, 2D, 2E, 34, 35, BB)
 * @param otherFailures    with any other status
 * @param retries          sent again
 * @param lostStatuses     whose outcome the radio never told
 * @param unknownStatuses  statuses that belong to no transmission, mostly late ones
 * @param expired          dropped because they had waited too long
 * @param wrongLengths     received packets that are no whole datagram
 * @param foreignPackets   received packets of other applications of the network, or from what can be no node
 * @param starts           how often the radio was found and asked what it is
 * @param waiting          datagrams that wait or are under way now
 * @param nodes            nodes that are remembered now
 * @param heldNodes        nodes that seem away now, so that what is for them waits
 * @param window           how many transmissions may be under way now
 */
public record XBeeCounters(
        FrameErrors frameErrors,
        long notAcknowledged,
        long notFound,
        long notFetched,
        long channelBusy,
        long noBuffers,
        long notJoined,
        long tooLarge,
        long misconfigured,
        long otherFailures,
        long retries,
        long lostStatuses,
        long unknownStatuses,
        long expired,
        long wrongLengths,
        long foreignPackets,
        long starts,
        int waiting,
        int nodes,
        int heldNodes,
        int window) {}

package io.causeway.store;

import io.causeway.routing.ApplicationMessage;
import java.util.List;

/**
 * A message that waits for a session's client or is on its way to it.
 *
 * @param sequence    its place among all messages of the session, from 1
 * @param message     as the client is to get it, at the QoS at which it is delivered
 * @param identifiers MQTT 5: of the subscriptions that it is delivered for
 * @param packetId    under which it was sent, 1 to 65,535, or 0
 * @param released    QoS 2: the client has it
 */
public record StoredMessage(
        long sequence, ApplicationMessage message, List<Integer> identifiers, int packetId, boolean released) {
    private static final int HIGHEST = 0xffff;

    /** @throws IllegalArgumentException if the place or the packet id is out of range: a bug of the caller */
    public StoredMessage {
        if (sequence < 1 || packetId < 0 || packetId > HIGHEST) {
            throw new IllegalArgumentException("the place " + sequence + " with packet id " + packetId);
        }
        identifiers = List.copyOf(identifiers);
    }
}

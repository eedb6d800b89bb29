package io.causeway.store;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;

/**
 * A message that waits for a broker elsewhere or is on its way there.
 *
 * @param sequence   its place among all of the store, from 1; lower ones go first
 * @param link       the name of the connection that it is for
 * @param publisher  client id of who published it
 * @param message    as the broker is to get it
 * @param packetId   under which it was sent to the broker, or 0
 * @param released   QoS 2: the broker has it
 * @param sinceNanos when it was taken, on the scale of {@code System.nanoTime()}
 */
public record StoredForward(
        long sequence,
        String link,
        String publisher,
        ApplicationMessage message,
        int packetId,
        boolean released,
        long sinceNanos) {

    /**
     * All of it but its properties and payload.
     *
     * @param octets that the message weighs, see {@link ApplicationMessage#weightOctets}
     */
    public record Outline(
            long sequence,
            String publisher,
            String topic,
            int octets,
            Qos qos,
            int packetId,
            boolean released,
            long sinceNanos) {}
}

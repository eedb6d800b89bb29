package io.causeway.routing;

import java.util.List;

/**
 * One message for subscribers of one owner.
 *
 * @param message    as published; {@code retain} tells the subscriber that it was stored before
 * @param recipients subscribers of one owner, each once
 * @param whenQueued to be run once by the owner, when every recipient's queue has taken or refused the message
 */
public record Delivery(ApplicationMessage message, List<Recipient> recipients, Runnable whenQueued) {

    /**
     * @param subscriber who gets the message
     * @param qos        the highest QoS of its matching subscriptions; the message is served at the lower of this
     *                   and its own
     */
    public record Recipient(Subscriber subscriber, Qos qos) {}
}

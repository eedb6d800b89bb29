package io.causeway.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message for subscribers of one owner.
 *
 * @param message    as published
 * @param stored     it is a retained message for a new subscription, not a live one
 * @param recipients subscribers of one owner; who has a shared subscription besides may be there twice
 * @param together   what the owner keeps of this over a restart goes into it, and is durable with all of it: until then
 *                   nothing of the message may reach a client. Null: what is kept is durable before {@code whenQueued}
 * @param whenQueued to be run once by the owner, when every recipient's queue has taken or refused the message
 */
public record Delivery(
        ApplicationMessage message,
        boolean stored,
        List<Recipient> recipients,
        @Nullable DurableStep together,
        Runnable whenQueued) {

    /** The message as one recipient gets it, but for the QoS (MQTT 5 §3.3.1.3). */
    public ApplicationMessage messageFor(Recipient recipient) {
        return stored || recipient.options().retainAsPublished() ? message : message.withRetain(false);
    }

    /**
     * @param subscriber who gets the message
     * @param options    of all its matching subscriptions; the message is served at the lower of their QoS and its own
     */
    public record Recipient(Subscriber subscriber, SubscriptionOptions options) {
        public Qos qos() {
            return options.qos();
        }
    }
}

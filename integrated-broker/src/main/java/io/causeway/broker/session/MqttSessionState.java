package io.causeway.broker.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as a value: all of it that must survive a restart of the broker (MQTT 5 §4.1), and nothing that does not.
 * Messages with an expiry say how long they have lived on the clock of this process.
 *
 * @param user             the name that the client has proven to bear, or empty
 * @param expirySeconds    how long it outlives its connection, {@link ConnectRequest#NEVER_SECONDS} for ever
 * @param offlineSeconds   how long it has been without a connection; 0 if it has one
 * @param will             to be published unless the client comes back, or null
 * @param willDelaySeconds from the loss of the connection, or from now on if it is lost already
 * @param subscriptions    in the order in which they were made
 * @param retainedOwed     filters whose retained messages the client has not all been sent
 * @param inFlight         what was sent and not acknowledged, in order
 * @param lastPacketId     the last packet id given out, 0 to 65,535
 * @param queue            what waits, in order
 * @param received         packet ids of the client's messages at QoS 2 that it has not released
 */
public record MqttSessionState(
        String clientId,
        String user,
        long expirySeconds,
        long offlineSeconds,
        @Nullable ApplicationMessage will,
        long willDelaySeconds,
        List<Subscribed> subscriptions,
        List<TopicFilter> retainedOwed,
        List<InFlight> inFlight,
        int lastPacketId,
        List<Publish> queue,
        List<Integer> received) {

    public MqttSessionState {
        subscriptions = List.copyOf(subscriptions);
        retainedOwed = List.copyOf(retainedOwed);
        inFlight = List.copyOf(inFlight);
        queue = List.copyOf(queue);
        received = List.copyOf(received);
    }

    /**
     * @param text with the group, if the subscription is shared
     * @param identifiers one, or none
     */
    public record Subscribed(
            String text, Qos qos, boolean noLocal, boolean retainAsPublished, List<Integer> identifiers) {
        public Subscribed {
            identifiers = List.copyOf(identifiers);
        }
    }

    /**
     * @param message     with the retain flag as the client is to get it
     * @param qos         at which it is delivered
     * @param identifiers of the subscriptions that it is delivered for
     */
    public record Publish(ApplicationMessage message, Qos qos, List<Integer> identifiers) {
        public Publish {
            identifiers = List.copyOf(identifiers);
        }

        static Publish of(OutgoingPublish publish) {
            return new Publish(publish.message(), publish.qos(), publish.subscriptionIds());
        }

        OutgoingPublish toOutgoing() {
            return new OutgoingPublish(message, qos, identifiers);
        }
    }

    /** @param released QoS 2: the client has it, and PUBREL was sent */
    public record InFlight(int packetId, boolean released, Publish publish) {}
}

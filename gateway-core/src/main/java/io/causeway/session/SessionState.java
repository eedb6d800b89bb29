package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as a value: all of it that must survive a restart of the gateway, and nothing that does not.
 *
 * @param address              where the client was last, or null if it was disconnected
 * @param inFlight             what was sent and not settled, or null
 * @param lastPacketId         the last packet id given out, 0 to 65,535
 * @param lastReceivedPacketId the packet id of the client's last message at QoS 1 or 2, or -1
 * @param queue                what waits, in order
 */
public record SessionState(
        String clientId,
        ClientSession.State state,
        boolean persistent,
        @Nullable NetworkIdentity address,
        Duration keepAlive,
        Duration sleepDuration,
        WillData will,
        List<Subscription> subscriptions,
        List<TopicAlias> aliases,
        @Nullable InFlight inFlight,
        int lastPacketId,
        List<Unreleased> unreleased,
        int lastReceivedPacketId,
        List<ApplicationMessage> queue) {

    public SessionState {
        subscriptions = List.copyOf(subscriptions);
        aliases = List.copyOf(aliases);
        unreleased = List.copyOf(unreleased);
        queue = List.copyOf(queue);
    }

    /** @param form how deliveries name the topic, if the filter is one topic */
    public record Subscription(TopicFilter filter, Qos qos, TopicForm form) {}

    /** @param known the client has been told, and not denied it since */
    public record TopicAlias(int value, String topic, boolean known) {}

    /**
     * @param packetId   0 if it was not sent yet
     * @param sentBefore the client may have it already
     * @param released   QoS 2: the client has it, and PUBREL was sent
     */
    public record InFlight(ApplicationMessage message, int packetId, boolean sentBefore, boolean released) {}

    /**
     * A QoS 2 message of the client that went up and is not released.
     *
     * @param fingerprint tells a repetition from another message under the same packet id
     */
    public record Unreleased(int packetId, long fingerprint) {}
}

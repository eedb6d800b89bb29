package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;
import io.causeway.session.ConnectRequest.WillChange;
import org.jspecify.annotations.Nullable;

/** The will of one client (1.2 §6.3, §6.4): held here, and published when the client is lost. Owned by its loop. */
public final class ClientWill {
    private final ClientSession session;
    private final SessionContext context;
    private final VirtualConnection connection;
    private final SessionRecord record;
    private WillData data = WillData.NONE;

    ClientWill(ClientSession session, SessionContext context, VirtualConnection connection, SessionRecord record) {
        this.session = session;
        this.context = context;
        this.connection = connection;
        this.record = record;
    }

    void onConnect(WillChange change) {
        if (change instanceof WillChange.Replace replace) {
            data = replace.will();
        } else if (change instanceof WillChange.Delete) {
            data = WillData.NONE;
        }
    }

    /** Refused if the topic is none, or not one that the client may publish to; the will is as before then. */
    public void onTopic(String topic, Qos qos, boolean retain) {
        if (!isAllowed(topic)) {
            connection.willTopicResp(ReasonCode.NOT_SUPPORTED);
            return;
        }
        data = data.withTopic(topic, qos, retain);
        record.touch();
        connection.willTopicResp(ReasonCode.SUCCESS);
    }

    public void onMessage(Octets payload) {
        data = data.withPayload(payload);
        record.touch();
        connection.willMessageResp(ReasonCode.SUCCESS);
    }

    public void onDeleted() {
        data = WillData.NONE;
        record.touch();
        connection.willTopicResp(ReasonCode.SUCCESS);
    }

    private boolean isAllowed(String topic) {
        if (!TopicName.isValid(topic)) {
            return false;
        }
        if (!context.authorizer().mayPublish(session.access(), topic)) {
            context.counters().add(Count.WILLS_FORBIDDEN);
            return false;
        }
        return true;
    }

    /** The client is lost. The rules may be others than when it told its will. */
    void publish(long nowNanos) {
        if (!data.canBePublished()) {
            return;
        }
        ApplicationMessage message = data.toMessage();
        if (context.authorizer().mayPublish(session.access(), message.topic())) {
            context.publishWill(session.access(), message);
            return;
        }
        context.counters().add(Count.WILLS_FORBIDDEN);
        context.log()
                .warning(
                        nowNanos,
                        "will dropped",
                        session.clientId(),
                        connection.identity(),
                        "may not publish to " + message.topic());
    }

    /** As it is kept over a restart; null if it cannot be published as it is. */
    @Nullable
    ApplicationMessage toStored() {
        return data.canBePublished() ? data.toMessage() : null;
    }

    void restore(@Nullable ApplicationMessage stored) {
        data = stored == null
                ? WillData.NONE
                : new WillData(stored.topic(), stored.payload(), stored.qos(), stored.retain());
    }
}

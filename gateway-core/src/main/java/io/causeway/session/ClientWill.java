package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;
import io.causeway.session.ConnectRequest.WillChange;
import org.jspecify.annotations.Nullable;

/** The will of one client (1.2 §6.3, §6.4): held here, and published when the client is lost. Owned by its loop. */
final class ClientWill {
    private final ClientSession session;
    private final SessionContext context;
    private WillData data = WillData.NONE;

    ClientWill(ClientSession session, SessionContext context) {
        this.session = session;
        this.context = context;
    }

    void onConnect(WillChange change) {
        if (change instanceof WillChange.Replace replace) {
            data = replace.will();
        } else if (change instanceof WillChange.Delete) {
            data = WillData.NONE;
        }
    }

    /** False if the topic is none, or not one that the client may publish to; the will is as before then. */
    boolean changeTopic(String topic, Qos qos, boolean retain) {
        if (!TopicName.isValid(topic)) {
            return false;
        }
        if (!context.authorizer().mayPublish(session.access(), topic)) {
            context.counters().add(Count.WILLS_FORBIDDEN);
            return false;
        }
        data = data.withTopic(topic, qos, retain);
        return true;
    }

    void changePayload(Octets payload) {
        data = data.withPayload(payload);
    }

    void delete() {
        data = WillData.NONE;
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
                        session.identity(),
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

package io.causeway.client;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.WillMsgResp;
import io.causeway.codec.v12.WillMsgUpd;
import io.causeway.codec.v12.WillTopicResp;
import io.causeway.codec.v12.WillTopicUpd;

/** WILLTOPICUPD and WILLMSGUPD, which go their ways independently of each other (1.2 §6.4). Owned by the session. */
final class WillUpdates {
    private final RequestLane topics;
    private final RequestLane messages;

    WillUpdates(RequestLane topics, RequestLane messages) {
        this.topics = topics;
        this.messages = messages;
    }

    void updateTopic(WillTopicUpd update, Reply<Done> reply, long nowNanos) {
        topics.submit(
                new Request<>(
                        update,
                        WillTopicResp.class,
                        response -> reply.answered(response.returnCode(), Done.DONE),
                        reply::failed),
                nowNanos);
    }

    void updateMessage(Octets message, Reply<Done> reply, long nowNanos) {
        messages.submit(
                new Request<>(
                        new WillMsgUpd(message),
                        WillMsgResp.class,
                        response -> reply.answered(response.returnCode(), Done.DONE),
                        reply::failed),
                nowNanos);
    }
}

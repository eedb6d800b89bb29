package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicName;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.Upstream;

/**
 * Messages at QoS -1 (1.2 §6.8): from anybody, without connection, without answer. Goes up at QoS 0. Owned by the
 * shard's loop.
 */
final class Sessionless {
    /** Stands for the publisher where there is none. */
    private static final String NOBODY = "";

    private final Upstream upstream;
    private final Counters<Count> counters;
    private final PublishCallback callback;

    Sessionless(Upstream upstream, Mailbox mailbox, Counters<Count> counters) {
        this.upstream = upstream;
        this.counters = counters;
        this.callback = new PublishCallback() {
            @Override
            public void onAccepted() {
                // Nobody is waiting for it.
            }

            @Override
            public void onRefused(Refusal refusal) {
                mailbox.post(nowNanos -> counters.add(Count.SESSIONLESS_REFUSED));
            }
        };
    }

    /** @param topicName empty if the sender named a topic that is not known or not allowed */
    void publish(String topicName, Octets payload, boolean retain) {
        if (!TopicName.isValid(topicName)) {
            counters.add(Count.SESSIONLESS_DROPPED);
            return;
        }
        counters.add(Count.SESSIONLESS_IN);
        upstream.publish(NOBODY, new ApplicationMessage(topicName, payload, Qos.AT_MOST_ONCE, retain), callback);
    }
}

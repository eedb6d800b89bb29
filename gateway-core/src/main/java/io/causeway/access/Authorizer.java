package io.causeway.access;

import io.causeway.routing.TopicFilter;

/** Says what a client may do. Safe for many threads; quick, for it is asked on event loops for every message. */
public interface Authorizer {
    /** Allows everything. */
    Authorizer OPEN = new Authorizer() {
        @Override
        public boolean mayPublish(Identity client, String topic) {
            return true;
        }

        @Override
        public boolean maySubscribe(Identity client, TopicFilter filter) {
            return true;
        }

        @Override
        public boolean mayReceive(Identity client, String topic) {
            return true;
        }
    };

    /** Whether it may publish to the topic, a will included. */
    boolean mayPublish(Identity client, String topic);

    /** Whether it may subscribe to the filter; it may be wider than what it is allowed to receive. */
    boolean maySubscribe(Identity client, TopicFilter filter);

    /** Whether a message to the topic may reach it. */
    boolean mayReceive(Identity client, String topic);
}

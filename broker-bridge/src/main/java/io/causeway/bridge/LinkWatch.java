package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import java.util.List;

/** Told what a link has under way to the broker. On threads of the connection and of the worker, which it must not hold up. */
public interface LinkWatch {
    /** For links that nobody watches. */
    LinkWatch NONE = new LinkWatch() {
        @Override
        public void onConnected(boolean sessionPresent, boolean asBridge, List<ApplicationMessage> sentAgain) {}

        @Override
        public void onSent(ApplicationMessage message) {}

        @Override
        public void onWithdrawn(ApplicationMessage message) {}

        @Override
        public void onAcknowledged(ApplicationMessage message) {}

        @Override
        public void onLost() {}
    };

    /**
     * A connection stands.
     *
     * @param asBridge  the broker has taken us for a bridge: see {@link Announcement}
     * @param sentAgain what the broker has not acknowledged, and is sent now
     */
    void onConnected(boolean sessionPresent, boolean asBridge, List<ApplicationMessage> sentAgain);

    /** Just before it is written to the connection. */
    void onSent(ApplicationMessage message);

    /** It was not sent after all. */
    void onWithdrawn(ApplicationMessage message);

    /** The broker has it (QoS 1, 2). */
    void onAcknowledged(ApplicationMessage message);

    /** The connection is no more. */
    void onLost();
}

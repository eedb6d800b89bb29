package io.causeway.upstream;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import java.time.Duration;

/**
 * Where messages of clients go and where those for them come from: a broker over the wire, or this process.
 *
 * <p>Called from any event loop and never blocks. Messages for subscribers come back through the
 * {@link io.causeway.routing.Router} that the upstream was built with.
 */
public interface Upstream {
    /**
     * Takes a message that a client published, or a will. Messages of one publisher keep their order.
     *
     * @param publisher client id, or any constant text for messages without a client
     * @param callback  told once the message is safe (QoS 1 and 2) or handed on (QoS 0), or refused
     */
    void publish(String publisher, ApplicationMessage message, PublishCallback callback);

    /**
     * Adds a subscription or changes its QoS, and brings the retained messages that the filter means to this
     * subscriber only. Those that are here are brought before the callback: who keeps what it is brought, and is told of
     * its subscription, has all of it.
     */
    void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback);

    /**
     * Takes up a subscription that was granted in an earlier life of the gateway: it stands from now on, brings no
     * retained messages again, and is asked for where the upstream has to ask. Before {@link #publish} is called for
     * anybody; the subscriber hears of a refusal by {@link Subscriber#onSubscriptionLost}.
     */
    void resume(Subscriber subscriber, TopicFilter filter, Qos qos);

    /** Ends a subscription; nothing is delivered for it once {@code done} has run. Runs it also if there was none. */
    void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done);

    /** Whether a new connection or subscription can be served now (1.2 §6.1, §6.2: advertise and accept only then). */
    boolean isAvailable();

    /** Hands on what it can within the time, then lets go of everything. Blocks; not for an event loop. */
    void close(Duration drain);
}

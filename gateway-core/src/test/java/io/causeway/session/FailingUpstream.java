package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;

/** An upstream with a fault of our own in it: it throws for some topics and takes all others. */
final class FailingUpstream implements Upstream {
    static final String THROWS_ON_PUBLISH = "!!";
    static final String THROWS_ON_UNSUBSCRIBE = "throws/on/unsubscribe";

    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        if (message.topic().equals(THROWS_ON_PUBLISH)) {
            throw new IllegalStateException("a fault of our own");
        }
        callback.onAccepted();
    }

    @Override
    public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        callback.onSubscribed(qos);
    }

    @Override
    public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {}

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        if (filter.value().equals(THROWS_ON_UNSUBSCRIBE)) {
            throw new IllegalStateException("a fault of our own");
        }
        done.run();
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public void close(Duration drain) {
        // Holds nothing.
    }
}

package io.causeway.broker.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;

/** The broker as MQTT-SN sessions see it: what is the broker's own to say, they cannot say in its place. */
record SensorUpstream(Upstream broker, BrokerCounters counters) implements Upstream {
    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        if (Broker.isReserved(message.topic())) {
            counters.add(BrokerCount.MESSAGES_IN_REFUSED_SYS);
            callback.onRefused(Refusal.NOT_SUPPORTED);
            return;
        }
        broker.publish(publisher, message, callback);
    }

    @Override
    public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        broker.subscribe(subscriber, filter, qos, callback);
    }

    @Override
    public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        broker.resume(subscriber, filter, qos);
    }

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        broker.unsubscribe(subscriber, filter, done);
    }

    @Override
    public boolean isAvailable() {
        return broker.isAvailable();
    }

    @Override
    public void close(Duration drain) {
        broker.close(drain);
    }
}

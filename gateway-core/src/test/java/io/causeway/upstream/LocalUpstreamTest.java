package io.causeway.upstream;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalUpstreamTest {
    private final RetainedStore retained = new RetainedStore(1, 1 << 20);
    private final LocalUpstream upstream = new LocalUpstream(new Router(), retained, SessionStore.NONE);
    private final List<String> events = new ArrayList<>();
    private final Subscriber subscriber = new Listener(message -> events.add("delivered " + message.topic()));

    @Test
    void message_isAcceptedWhenItsSubscribersHaveIt() {
        upstream.subscribe(subscriber, new TopicFilter("a/#"), Qos.AT_LEAST_ONCE, new Answer());

        publish("a/b", false);

        assertThat(events).containsExactly("subscribed AT_LEAST_ONCE", "delivered a/b", "accepted");
    }

    @Test
    void messageForNobody_isAccepted() {
        publish("a/b", false);

        assertThat(events).containsExactly("accepted");
    }

    @Test
    void retainedMessages_areWithTheSubscriberBeforeItsSubscriptionIsAnswered() {
        publish("a/b", true);
        events.clear();

        upstream.subscribe(subscriber, new TopicFilter("a/#"), Qos.AT_LEAST_ONCE, new Answer());

        assertThat(events).containsExactly("delivered a/b", "subscribed AT_LEAST_ONCE");
    }

    @Test
    void retainedMessageThatCannotBeStored_isRefusedAndReachesNobody() {
        publish("a/b", true);
        upstream.subscribe(subscriber, new TopicFilter("c/d"), Qos.AT_LEAST_ONCE, new Answer());
        events.clear();

        publish("c/d", true);

        assertThat(events).containsExactly("refused CONGESTION");
        assertThat(retained.size()).isEqualTo(1);
    }

    @Test
    void unsubscribed_getsNothingMoreAndIsTold() {
        upstream.subscribe(subscriber, new TopicFilter("a/b"), Qos.AT_LEAST_ONCE, new Answer());
        upstream.unsubscribe(subscriber, new TopicFilter("a/b"), () -> events.add("done"));
        upstream.unsubscribe(subscriber, new TopicFilter("never/there"), () -> events.add("done"));
        events.clear();

        publish("a/b", false);

        assertThat(events).containsExactly("accepted");
    }

    @Test
    void exactlyOnce_isTakenWithWhatAllKeepOfItAndAcceptedWhenThatIsSafe() {
        MemorySessionStore store = new MemorySessionStore();
        LocalUpstream durable = new LocalUpstream(new Router(), new RetainedStore(1, 1 << 20), store);
        List<Changes> together = new ArrayList<>();
        Listener keeper = new Listener(message -> events.add("delivered " + message.topic()));
        durable.subscribe(keeper, new TopicFilter("a/#"), Qos.EXACTLY_ONCE, new Answer());
        events.clear();
        store.hold();

        durable.publish("publisher", message("a/b", Qos.EXACTLY_ONCE, true), new Answer() {
            @Override
            public void onTaken(Changes step) {
                together.add(step);
            }
        });

        assertThat(together).as("before the retained message is safe").isEmpty();
        store.commit(1);
        assertThat(events).containsExactly("delivered a/b");
        assertThat(together).hasSize(1);
        assertThat(store.waiting()).as("whoever is told submits it").isZero();
    }

    @Test
    void storeThatTakesNothing_isCongestionForWhatIsPromised() {
        MemorySessionStore store = new MemorySessionStore();
        LocalUpstream durable = new LocalUpstream(new Router(), new RetainedStore(1, 1 << 20), store);
        store.setTaking(false);

        durable.publish("publisher", message("a/b", Qos.AT_LEAST_ONCE, false), new Answer());
        durable.publish("publisher", message("a/b", Qos.AT_MOST_ONCE, false), new Answer());

        assertThat(events).containsExactly("refused CONGESTION", "accepted");
    }

    private static ApplicationMessage message(String topic, Qos qos, boolean retain) {
        return new ApplicationMessage(topic, Octets.utf8("x"), qos, retain);
    }

    private void publish(String topic, boolean retain) {
        upstream.publish("publisher", message(topic, Qos.AT_LEAST_ONCE, retain), new Answer());
    }

    private class Answer implements PublishCallback, SubscribeCallback {
        @Override
        public void onAccepted() {
            events.add("accepted");
        }

        @Override
        public void onSubscribed(Qos granted) {
            events.add("subscribed " + granted);
        }

        @Override
        public void onRefused(Refusal refusal) {
            events.add("refused " + refusal);
        }
    }
}

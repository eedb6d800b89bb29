package io.causeway.upstream;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.TopicFilter;
import io.causeway.store.SessionStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients of two loops that publish a retained message, and subscribe to it, at the same moment. */
class LocalUpstreamThreadsTest {
    private static final int ROUNDS = 10_000;

    private final LocalUpstream upstream =
            new LocalUpstream(new Router(), new RetainedStore(ROUNDS, Long.MAX_VALUE), SessionStore.NONE);
    private final ExecutorService publisher = Executors.newSingleThreadExecutor();
    private final CyclicBarrier together = new CyclicBarrier(2);

    @AfterEach
    void endTheThread() {
        publisher.shutdownNow();
    }

    @Test
    void subscriberThatComesMeanwhile_getsEachRetainedMessageOnceAndTheLatestLast() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String topic = "topic/" + round;
            List<String> received = new CopyOnWriteArrayList<>();
            Listener listener =
                    new Listener(message -> received.add(message.payload().toUtf8()));
            publish(topic, "old");
            Future<?> published = publishTogether(topic, "new");
            subscribeTogether(topic, listener);
            published.get(1, TimeUnit.MINUTES);

            assertThat(received).as(topic).isIn(List.of("new"), List.of("old", "new"));
        }
    }

    private Future<?> publishTogether(String topic, String content) {
        return publisher.submit(() -> {
            together.await(1, TimeUnit.MINUTES);
            publish(topic, content);
            return null;
        });
    }

    private void publish(String topic, String content) {
        upstream.publish(
                "publisher",
                new ApplicationMessage(topic, Octets.utf8(content), Qos.AT_LEAST_ONCE, true),
                new Unheard());
    }

    private void subscribeTogether(String topic, Listener listener) throws Exception {
        together.await(1, TimeUnit.MINUTES);
        upstream.subscribe(listener, new TopicFilter(topic), Qos.AT_LEAST_ONCE, new Unheard());
    }

    private static final class Unheard implements PublishCallback, SubscribeCallback {
        @Override
        public void onAccepted() {}

        @Override
        public void onSubscribed(Qos granted) {}

        @Override
        public void onRefused(Refusal refusal) {
            throw new AssertionError("there is room for all: " + refusal);
        }
    }
}

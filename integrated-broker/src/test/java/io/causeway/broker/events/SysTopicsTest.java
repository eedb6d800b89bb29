package io.causeway.broker.events;

import io.causeway.access.Authorizer;
import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerSettings;
import io.causeway.broker.session.MqttShard;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.session.ClientEvents;
import io.causeway.store.SessionStore;
import io.causeway.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SysTopicsTest {
    private final VirtualTime time = new VirtualTime();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final Broker broker =
            new Broker(BrokerSettings.DEFAULTS, Authorizer.OPEN, ClientEvents.NONE, SessionStore.NONE, time.nowNanos());
    private final SysTopics topics = new SysTopics(
            broker,
            List.of(
                    new MqttShard(broker, posted::add, time.nowNanos()),
                    new MqttShard(broker, posted::add, time.nowNanos())),
            "causeway 1.2.3",
            time.nowNanos());

    @Test
    void topicsAreNamedAsMosquittoNamesThem() {
        broker.retained().store(new ApplicationMessage("t", Octets.utf8("x"), Qos.AT_MOST_ONCE, true));
        broker.counters().add(BrokerCount.MESSAGES_IN, 7);
        broker.counters().add(BrokerCount.DROPPED_EXPIRED, 2);
        broker.counters().add(BrokerCount.DROPPED_QUEUE_FULL, 3);
        broker.counters().add(BrokerCount.OCTETS_IN, 60);

        updateAfter(Duration.ofSeconds(10));

        assertThat(published())
                .containsEntry("$SYS/broker/version", "causeway 1.2.3")
                .containsEntry("$SYS/broker/uptime", "10 seconds")
                .containsEntry("$SYS/broker/clients/total", "0")
                .containsEntry("$SYS/broker/clients/connected", "0")
                .containsEntry("$SYS/broker/clients/disconnected", "0")
                .containsEntry("$SYS/broker/clients/maximum", "0")
                .containsEntry("$SYS/broker/clients/expired", "0")
                .containsEntry("$SYS/broker/messages/received", "0")
                .containsEntry("$SYS/broker/messages/sent", "0")
                .containsEntry("$SYS/broker/publish/messages/received", "7")
                .containsEntry("$SYS/broker/publish/messages/dropped", "5")
                .containsEntry("$SYS/broker/bytes/received", "60")
                .containsEntry("$SYS/broker/retained messages/count", "1")
                .containsEntry("$SYS/broker/subscriptions/count", "0")
                .containsEntry("$SYS/broker/store/messages/count", "1")
                .containsEntry("$SYS/broker/load/publish/received/1min", "6.45")
                .containsKeys("$SYS/broker/load/bytes/sent/5min", "$SYS/broker/load/connections/15min");
    }

    @Test
    void whatHasNotChanged_isNotPublishedAgain() {
        updateAfter(Duration.ofSeconds(10));
        broker.retained().removeIf(message -> true);

        updateAfter(Duration.ofSeconds(10));

        assertThat(published()).containsOnlyKeys("$SYS/broker/uptime");
    }

    private void updateAfter(Duration duration) {
        time.advance(duration);
        topics.update();
        while (!posted.isEmpty()) {
            posted.remove().accept(time.nowNanos());
        }
    }

    private Map<String, String> published() {
        Map<String, String> values = new TreeMap<>();
        broker.retained()
                .match(
                        TopicFilter.parse("$SYS/#").orElseThrow(),
                        message -> values.put(message.topic(), message.payload().toUtf8()));
        return values;
    }
}

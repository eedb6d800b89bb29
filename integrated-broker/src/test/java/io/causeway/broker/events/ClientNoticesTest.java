package io.causeway.broker.events;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.session.ClientEvent;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClientNoticesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00.123Z"), ZoneOffset.UTC);

    private final Router router = new Router();
    private final List<ApplicationMessage> received = new ArrayList<>();
    private final ClientNotices notices = new ClientNotices("plant/clients", CLOCK);

    @Test
    void event_isPublishedAsJson() {
        router.subscribe(new Reader(), filter("plant/clients"), SubscriptionOptions.of(Qos.AT_LEAST_ONCE));
        notices.publishThrough(new LocalUpstream(router, new RetainedStore(1, 1_000), SessionStore.NONE));

        notices.on(new ClientEvent(Kind.LOST, "s\"7\n", "u", "10.0.0.7:1883", "MQTT-SN 1.2", "silent"));

        assertThat(received).singleElement().satisfies(message -> {
            assertThat(message.topic()).isEqualTo("plant/clients");
            assertThat(message.retain()).isFalse();
            assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(message.payload().toUtf8())
                    .isEqualTo("{\"event\":\"lost\",\"client\":\"s\\\"7\\u000a\",\"user\":\"u\","
                            + "\"address\":\"10.0.0.7:1883\",\"protocol\":\"MQTT-SN 1.2\",\"cause\":\"silent\","
                            + "\"time\":\"2026-01-31T12:00:00.123Z\"}");
        });
    }

    @Test
    void beforeThereIsABroker_nothingHappens() {
        notices.on(new ClientEvent(Kind.CONNECTED, "c", "", "", "MQTT 5", ""));

        assertThat(received).isEmpty();
    }

    @Test
    void topicThatIsNone_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientNotices("plant/#", CLOCK));
    }

    private static TopicFilter filter(String text) {
        return TopicFilter.parse(text).orElseThrow();
    }

    private final class Reader implements Subscriber {
        @Override
        public String clientId() {
            return "reader";
        }

        @Override
        public DeliveryTarget owner() {
            return this::take;
        }

        @Override
        public void onSubscriptionLost(TopicFilter filter) {}

        private void take(Delivery delivery) {
            for (Recipient recipient : delivery.recipients()) {
                received.add(delivery.messageFor(recipient));
            }
        }
    }
}

package io.causeway.gateway.e2e;

import io.causeway.client.ClientSettings;
import io.causeway.client.RejectedException;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.session.Count;
import io.causeway.testkit.Mosquitto;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What operators see and change of a gateway that runs. */
@Timeout(60)
class OperationsTest {
    private final Path directory;

    OperationsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void reloadedTopic_isKnownToAConnectedClient() throws Exception {
        try (Site site = Site.open(directory)) {
            Topic topic = new Topic.Predefined(5);
            Application application = site.subscriber("plant/new");
            Sensor sensor = site.sensor("connected");
            assertRejected(ReturnCode.INVALID_TOPIC_ID, () -> sensor.publish(topic, "early", Qos.AT_LEAST_ONCE, false));
            assertRejected(ReturnCode.INVALID_TOPIC_ID, () -> sensor.subscribe(topic, 1));

            site.gateway()
                    .reload(Site.configuration(site.broker())
                            .replace("topics:", "topics:\n  - {id: 5, name: plant/new}"));

            sensor.subscribe(topic, 1);
            sensor.publish(topic, "now", Qos.AT_LEAST_ONCE, false);
            assertThat(application.receive(1)).containsExactly(new Message("plant/new", "now", 1, false));
            assertThat(sensor.receive(1)).containsExactly(new Message("5", "now", 1, false));
            assertThat(sensor.losses()).isEmpty();
        }
    }

    @Test
    void reloadedAllowList_countsForNewConnections() throws Exception {
        try (Site site = Site.open(directory)) {
            Sensor connected = site.sensor("connected");

            site.gateway().reload(Site.configuration(site.broker()) + "clients: {allow: [\"pump-*\"]}\n");

            Sensor stranger = site.newSensor(ClientSettings.forClient("stranger"));
            Patience.await("strangers are refused")
                    .untilAsserted(() -> assertRejected(ReturnCode.NOT_SUPPORTED, stranger::connect));
            site.sensor("pump-1").publish("allowed", "yes", 1);
            connected.ping();
            assertThat(site.gateway().metric("connects_refused_client_id_total"))
                    .isPositive();
        }
    }

    @Test
    void topicPrefix_isPutOnAndTakenOff() throws Exception {
        try (Site site = Site.open(Mosquitto.start(directory), "  topic-prefix: site-7/")) {
            Application application = site.subscriber("#");
            Sensor sensor = site.sensor("prefixed");
            sensor.subscribe("down/+", 1);
            sensor.subscribe(new Topic.Predefined(1), 1);
            application.publish("site-7/kept", "retained", 1, true);

            sensor.publish("up", "on", 1);
            application.publish("site-7/down/a", "in", 1);
            application.publish("down/a", "out", 1);
            application.publish("site-7/plant/temperature", "in", 1);

            assertThat(sensor.receive(2))
                    .containsExactly(new Message("down/a", "in", 1, false), new Message("1", "in", 1, false));
            Patience.await("the message up")
                    .until(() -> application.received().contains(new Message("site-7/up", "on", 1, false)));
            sensor.subscribe("kept", 1);
            assertThat(sensor.receive(3)).last().isEqualTo(new Message("kept", "retained", 1, true));
        }
    }

    @Test
    @Requirement("G-ARCH-02")
    void allClients_shareOneConnectionToTheBroker() throws Exception {
        try (Site site = Site.open(directory)) {
            Application application = site.subscriber("shared/#");

            for (int i = 0; i < 10; i++) {
                site.sensor("sharer-" + i).publish("shared/" + i, "on", 1);
            }

            assertThat(application.receive(10)).hasSize(10);
            assertThat(site.gateway().metric("broker_connects_total")).isEqualTo(1);
            // Mosquitto counts the gateway, this application and the one that asks.
            Application asker = site.subscriber("$SYS/broker/clients/connected");
            assertThat(asker.receive(1))
                    .first()
                    .satisfies(message ->
                            assertThat(Integer.valueOf(message.payload())).isLessThanOrEqualTo(3));
        }
    }

    @Test
    void everythingCounted_hasAMetric() throws Exception {
        try (Site site = Site.open(directory)) {
            Stream<String> counts = Stream.of(Count.values()).map(Enum::name);
            Stream<String> ingress = Stream.of(IngressCount.values()).map(count -> "ingress_" + count.name());

            assertThat(site.gateway().metrics().keySet())
                    .containsAll(Stream.concat(counts, ingress)
                            .map(name -> name.toLowerCase(Locale.ROOT) + "_total")
                            .toList());
        }
    }

    @Test
    void metrics_tellWhatHappened() throws Exception {
        try (Site site = Site.open(directory)) {
            Application application = site.subscriber("up/#");
            Sensor sensor = site.sensor("counted");
            sensor.subscribe("down/+", 1);
            sensor.publish("up/a", "1", 1);
            sensor.publish("up/a", "2", 1);
            sensor.publish("up/a", "3", 2);
            application.publish("down/a", "4", 1);
            application.publish("down/a", "5", 2);
            sensor.receive(2);
            sensor.disconnect();
            site.rawSensor().exchange("03 01 00", "03 02 07");

            assertThat(site.gateway().metrics())
                    .containsAllEntriesOf(Map.ofEntries(
                            Map.entry("connects_accepted_total", 1.0),
                            Map.entry("disconnects_total", 1.0),
                            Map.entry("subscribes_total", 1.0),
                            Map.entry("messages_in_total", 3.0),
                            Map.entry("messages_in_accepted_total", 3.0),
                            Map.entry("messages_out_total", 2.0),
                            Map.entry("messages_out_settled_total", 2.0),
                            Map.entry("routed_messages_total", 2.0),
                            Map.entry("unmatched_messages_total", 0.0),
                            Map.entry("queued_messages", 0.0),
                            Map.entry("clients{state=\"active\"}", 0.0),
                            Map.entry("ingress_searches_total", 1.0),
                            Map.entry("ingress_malformed_total", 0.0),
                            Map.entry("broker_connected", 1.0),
                            Map.entry("broker_connects_total", 1.0),
                            Map.entry("broker_losses_total", 0.0),
                            Map.entry("broker_published_total{qos=\"0\"}", 0.0),
                            Map.entry("broker_published_total{qos=\"1\"}", 2.0),
                            Map.entry("broker_published_total{qos=\"2\"}", 1.0),
                            Map.entry("broker_arrived_total", 2.0),
                            Map.entry("broker_acknowledged_total", 2.0),
                            Map.entry("broker_held_messages", 0.0),
                            Map.entry("broker_held_octets", 0.0),
                            Map.entry("broker_inflight", 0.0)));
            Map<String, Double> metrics = site.gateway().metrics();
            assertThat(metrics.entrySet().stream()
                            .filter(each -> each.getKey().startsWith("link_received_datagrams_total"))
                            .mapToDouble(Map.Entry::getValue)
                            .sum())
                    .isEqualTo(metrics.get("ingress_datagrams_total"));
        }
    }

    private static void assertRejected(ReturnCode returnCode, ThrowingCallable request) {
        assertThatThrownBy(request)
                .cause()
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.returnCode()).isEqualTo(returnCode));
    }
}

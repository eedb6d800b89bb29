package io.causeway.gateway.e2e;

import io.causeway.codec.v12.Topic;
import io.causeway.testkit.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From an application at the broker to sensors. The tests share a site, and have their topics to themselves. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(Site.Brokering.class)
class MessagesDownTest {
    @Parameter
    private Site.Brokering brokering;

    private Site site;

    private Application application;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void open(@TempDir Path directory) throws Exception {
        site = Site.open(brokering, directory);
        application = site.application();
    }

    @AfterParameterizedClassInvocation
    void close() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "1,0,0", "2,0,0", "0,1,0", "1,1,1", "2,1,1", "0,2,0", "1,2,1", "2,2,2"})
    @Requirement({"G-DEL-01", "G-DEL-02", "G-DEL-03", "G-DEL-04", "G-DEL-08"})
    void message_comesAtTheLowerQos(int published, int subscribed, int delivered) throws Exception {
        String topic = "down/" + published + subscribed;
        Sensor sensor = site.sensor("down-" + published + subscribed);
        sensor.subscribe(topic, subscribed);

        application.publish(topic, "on", published);

        assertThat(sensor.receive(1)).containsExactly(new Message(topic, "on", delivered, false));
    }

    @Test
    @Requirement({"G-SUB-05", "G-SUB-08", "G-SUB-09"})
    void everyKindOfSubscription_isServed() throws Exception {
        Sensor sensor = site.sensor("kinds");
        sensor.subscribe("kinds/+/x", 1);
        sensor.subscribe(new Topic.Predefined(1), 1);
        sensor.subscribe(new Topic.Short("kd"), 1);

        application.publish("kinds/a/x", "wildcard", 1);
        application.publish("plant/temperature", "predefined", 1);
        application.publish("kd", "short", 1);

        assertThat(sensor.receive(3))
                .containsExactly(
                        new Message("kinds/a/x", "wildcard", 1, false),
                        new Message("1", "predefined", 1, false),
                        new Message("kd", "short", 1, false));
    }

    @Test
    @Requirement("G-SUB-11")
    void retainedMessage_comesToTheFirstSubscriber() throws Exception {
        application.publish("first/retained", "kept", 1, true);
        Sensor sensor = site.sensor("first");

        sensor.subscribe("first/retained", 1);

        assertThat(sensor.receive(1)).containsExactly(new Message("first/retained", "kept", 1, true));
    }

    @ParameterizedTest
    @CsvSource({"same/topic,same/topic", "covered/#,covered/topic", "+/wild,+/wild", "wide/#,wide/+"})
    @Requirement("G-SUB-11")
    void retainedMessage_comesToALaterSubscriberAndToNobodyElse(String filter, String laterFilter) throws Exception {
        String topic = laterFilter.replace("+", "one");
        application.publish(topic, "kept", 1, true);
        Sensor first = site.sensor("first of " + topic.replace('/', '.'));
        first.subscribe(filter, 1);
        first.receive(1);
        application.publish(topic, "kept anew", 1, true);
        first.receive(2);

        Sensor later = site.sensor("later of " + topic.replace('/', '.'));
        later.subscribe(laterFilter, 1);

        assertThat(later.receive(1)).containsExactly(new Message(topic, "kept anew", 1, true));
        application.publish(topic, "end", 1);
        assertThat(first.receive(3)).hasSize(3).last().isEqualTo(new Message(topic, "end", 1, false));
        assertThat(later.receive(2)).hasSize(2).last().isEqualTo(new Message(topic, "end", 1, false));
    }

    @Test
    @Requirement("G-SUB-16")
    void overlappingSubscriptions_deliverOnce() throws Exception {
        Sensor sensor = site.sensor("overlapping");
        sensor.subscribe("overlap/a", 0);
        sensor.subscribe("overlap/+", 1);
        sensor.subscribe("overlap/#", 2);

        application.publish("overlap/a", "once", 2);

        assertThat(sensor.receive(1)).containsExactly(new Message("overlap/a", "once", 2, false));
        application.publish("overlap/a", "end", 2);
        assertThat(sensor.receive(2)).hasSize(2).last().isEqualTo(new Message("overlap/a", "end", 2, false));
    }

    @Test
    void overlappingSubscriptionsOfTwoSensors_deliverOnceToEach() throws Exception {
        Sensor narrow = site.sensor("narrow");
        Sensor wide = site.sensor("wide");
        narrow.subscribe("two/a", 1);
        wide.subscribe("two/#", 2);

        application.publish("two/a", "once", 2);

        assertThat(narrow.receive(1)).containsExactly(new Message("two/a", "once", 1, false));
        assertThat(wide.receive(1)).containsExactly(new Message("two/a", "once", 2, false));
        application.publish("two/a", "end", 2);
        assertThat(narrow.receive(2)).hasSize(2).last().isEqualTo(new Message("two/a", "end", 1, false));
        assertThat(wide.receive(2)).hasSize(2).last().isEqualTo(new Message("two/a", "end", 2, false));
    }

    @Test
    @Requirement({"G-UNSUB-01", "G-SUB-16"})
    void unsubscribedFilter_bringsNothingMoreAndOthersStay() throws Exception {
        Sensor sensor = site.sensor("leaver");
        sensor.subscribe("leave/+", 1);
        sensor.subscribe("leave/a", 1);
        sensor.unsubscribe(new Topic.Name("leave/+"));

        application.publish("leave/b", "lost", 1);
        application.publish("leave/a", "found", 1);
        assertThat(sensor.receive(1)).containsExactly(new Message("leave/a", "found", 1, false));

        sensor.unsubscribe(new Topic.Name("leave/a"));
        sensor.subscribe("leave/end", 1);
        application.publish("leave/a", "lost", 1);
        application.publish("leave/end", "end", 1);
        assertThat(sensor.receive(2)).last().isEqualTo(new Message("leave/end", "end", 1, false));
    }

    @Test
    @Requirement("G-PUB-16")
    void sensors_reachEachOtherAndThemselves() throws Exception {
        Sensor one = site.sensor("one");
        Sensor other = site.sensor("other");
        one.subscribe("talk/#", 1);
        other.subscribe("talk/#", 1);

        one.publish("talk/one", "hello", 1);

        assertThat(one.receive(1)).containsExactly(new Message("talk/one", "hello", 1, false));
        assertThat(other.receive(1)).containsExactly(new Message("talk/one", "hello", 1, false));
    }

    @Test
    @Requirement({"W-FMT-02", "W-FMT-03"})
    void echo_comesAfterThePuback() throws Exception {
        RawSensor sensor = site.rawSensor();
        sensor.exchange(RawSensor.connect("echo"), RawSensor.CONNACK_ACCEPTED);
        sensor.exchange("07 12 22 0001 6563", "08 13 20 6563 0001 00"); // SUBSCRIBE "ec", short, QoS 1

        for (int msgId = 2; msgId < 22; msgId++) {
            String id = String.format("%04x", msgId);
            sensor.exchange("08 0c 22 6563 " + id + " 21", "07 0d 6563 " + id + " 00");
            String echo = sensor.receive();
            assertThat(echo).startsWith("080c226563").endsWith("21");
            sensor.send("07 0d 6563 " + echo.substring(10, 14) + " 00");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Requirement("G-DEL-07")
    void messages_keepTheirOrder(int qos) throws Exception {
        Sensor sensor = site.sensor("orderly-" + qos);
        sensor.subscribe("order/#", 2);

        for (int i = 0; i < 30; i++) {
            application.publish("order/" + qos, Integer.toString(i), qos);
        }

        sensor.receive(30);
        assertThat(sensor.payloads().stream().map(Integer::valueOf)).isSorted().hasSize(30);
    }

    @Test
    void qosOfTheSubscriber_doesNotLowerThatOfOthers() throws Exception {
        Sensor low = site.sensor("low");
        Sensor high = site.sensor("high");
        low.subscribe("rise", 0);
        high.subscribe("rise", 2);
        application.publish("rise", "one", 2);
        assertThat(low.receive(1)).containsExactly(new Message("rise", "one", 0, false));
        assertThat(high.receive(1)).containsExactly(new Message("rise", "one", 2, false));

        high.unsubscribe(new Topic.Name("rise"));
        application.publish("rise", "two", 2);

        assertThat(low.receive(2)).last().isEqualTo(new Message("rise", "two", 0, false));
    }

    @ParameterizedTest
    @CsvSource({"cover/a,cover/#", "meet/+/b,meet/a/#"})
    @Requirement("G-DEL-04")
    void laterFilterOfOthersAtALowerQos_doesNotLowerIt(String filter, String laterFilter) throws Exception {
        String name = filter.substring(0, filter.indexOf('/'));
        Sensor high = site.sensor("high-" + name);
        Sensor low = site.sensor("low-" + name);
        high.subscribe(filter, 2);
        low.subscribe(laterFilter, 0);

        // The gateway goes on changing its subscriptions at the broker after both have their SUBACK.
        Patience.await("messages at QoS 2").during(Duration.ofSeconds(1)).until(() -> {
            application.publish(filter.replace("+", "a"), "on", 2);
            return high.received().stream().allMatch(message -> message.qos() == 2);
        });
        assertThat(low.received()).isNotEmpty().allMatch(message -> message.qos() == 0);
    }
}

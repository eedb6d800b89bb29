package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.testkit.Requirement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Filters with wildcards: REGISTER before PUBLISH, overlaps, retained messages (1.2 §6.9, §6.10). */
class SubscribeWildcardTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");
    private final Device publisher = Device.connected(gateway, "publisher");

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "a/#", "a/+", "+/b", "a/+/c/#", "+/+", "/+", "$SYS/#"})
    @Requirement("G-SUB-06")
    void subAck_carriesNoTopicId(String filter) {
        SubAck answer = device.subscribe(new Topic.Name(filter), AT_LEAST_ONCE);

        assertThat(answer.topicId()).isZero();
        assertThat(answer.qos()).isEqualTo(AT_LEAST_ONCE);
    }

    @Test
    @Requirement("G-SUB-05")
    void firstMessageOfATopic_isPrecededByRegisterAndWaitsForRegAck() {
        device.subscribe("a/+", AT_LEAST_ONCE);
        publish("a/b", AT_LEAST_ONCE, "x");

        assertThat(device.nextHex()).isEqualTo("090a00010001612f62");
        assertThat(device.heardNothing()).isTrue();

        device.sendHex("07 0b 0001 0001 00");
        device.receives("x");
    }

    @Test
    @Requirement("G-SUB-05")
    void everyTopic_isRegisteredOfItsOwn() {
        device.subscribe("a/#", AT_MOST_ONCE);
        Set<Integer> ids = new HashSet<>();
        for (String topic : new String[] {"a", "a/b", "a/b/c"}) {
            publish(topic, AT_MOST_ONCE, topic);
            Register registration = device.acknowledgesRegister(topic);
            ids.add(registration.topicId());
            assertThat(device.receives(topic).topicId()).isEqualTo(registration.topicId());
        }

        assertThat(ids).hasSize(3);
    }

    @Test
    @Requirement("G-SUB-07")
    void furtherMessagesOfATopic_needNoRegister() {
        device.subscribe("a/+", AT_MOST_ONCE);
        publish("a/b", AT_MOST_ONCE, "x");
        int id = device.acknowledgesRegister("a/b").topicId();
        device.receives("x");

        publish("a/b", AT_MOST_ONCE, "y");

        assertThat(device.receives("y").topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-SUB-07")
    void topicOfSubAck_needsNoRegister() {
        int id = device.subscribe("a/b", AT_MOST_ONCE);

        publish("a/b", AT_MOST_ONCE, "x");

        assertThat(device.receives("x").topicId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST_ONCE,AT_LEAST_ONCE,AT_LEAST_ONCE",
        "EXACTLY_ONCE,AT_MOST_ONCE,EXACTLY_ONCE",
        "AT_LEAST_ONCE,EXACTLY_ONCE,EXACTLY_ONCE"
    })
    @Requirement({"G-SUB-16", "G-DEL-01"})
    void overlappingFilters_deliverOnceAtTheHighestQos(Qos one, Qos other, Qos highest) {
        int id = device.subscribe("a/b", one);
        device.subscribe("a/#", other);
        device.subscribe("+/b", AT_MOST_ONCE);

        publish("a/b", EXACTLY_ONCE, "x");

        Publish delivery = device.receives("x");
        assertThat(delivery.qos()).isEqualTo(highest);
        assertThat(delivery.topicId()).isEqualTo(id);
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-16")
    void oneOfOverlappingFiltersUnsubscribed_leavesTheOther() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        device.subscribe("a/#", AT_MOST_ONCE);
        device.unsubscribe(new Topic.Name("a/b"));

        publish("a/b", AT_LEAST_ONCE, "x");

        assertThat(device.receives("x").qos()).isEqualTo(AT_MOST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+/uptime"})
    @Requirement("G-SUB-16")
    void topicsThatBeginWithADollar_areNotMeantByALeadingWildcard(String filter) {
        device.subscribe(filter, AT_MOST_ONCE);

        publish("$SYS/uptime", AT_MOST_ONCE, "x");

        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-11")
    void retainedMessages_followWithTheFlagAfterTheirRegister() {
        retain("a/one", "1");
        retain("a/two", "2");
        retain("b/three", "3");

        device.subscribe("a/+", AT_MOST_ONCE);

        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            Register registration = device.next(Register.class);
            device.acknowledge(registration);
            Publish delivery = device.next(Publish.class);
            assertThat(delivery.retain()).isTrue();
            texts.add(delivery.data().toUtf8());
        }
        assertThat(texts).containsExactlyInAnyOrder("1", "2");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-05")
    void topicsBeyondWhatOneClientMayHave_areDroppedAndTheOthersGoOn() {
        TestGateway bounded = Gateways.withTopicAliases(1);
        Device sensor = Device.connected(bounded, "sensor");
        sensor.subscribe("#", AT_MOST_ONCE);
        Device plc = Device.connected(bounded, "plc");
        int id = plc.register("one");
        plc.publish(id, AT_MOST_ONCE, "x");
        sensor.acknowledgesRegister("one");
        sensor.receives("x");

        Device other = Device.connected(bounded, "other");
        other.publish(other.register("two"), AT_MOST_ONCE, "y");
        plc.publish(id, AT_MOST_ONCE, "z");

        sensor.receives("z");
        assertThat(sensor.heardNothing()).isTrue();
    }

    @Test
    @Requirement({"G-SUB-05", "G-DEL-05"})
    void newSubscription_isAnotherChanceForARejectedTopic() {
        device.subscribe("a/+", AT_MOST_ONCE);
        publish("a/b", AT_MOST_ONCE, "x");
        device.answer(device.next(Register.class), ReturnCode.NOT_SUPPORTED);
        publish("a/b", AT_MOST_ONCE, "y");
        assertThat(device.heardNothing()).isTrue();

        device.subscribe("a/+", AT_MOST_ONCE);
        publish("a/b", AT_MOST_ONCE, "z");

        device.acknowledgesRegister("a/b");
        device.receives("z");
    }

    @Test
    @Requirement("G-SUB-06")
    void subAckOfAWildcardInAShortName_carriesNoTopicId() {
        assertThat(device.subscribe(new Topic.Short("/#"), AT_LEAST_ONCE).topicId())
                .isZero();
    }

    private void publish(String topic, Qos qos, String text) {
        publisher.publish(publisher.register(topic), qos, text);
        publisher.all();
    }

    private void retain(String topic, String text) {
        int id = publisher.register(topic);
        publisher.send(new Publish(false, AT_MOST_ONCE, true, TopicIdType.NORMAL, id, 0, Octets.utf8(text)));
    }
}

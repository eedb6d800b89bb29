package io.causeway.conformance;

import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.testkit.Requirement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** What a topic id means, and for how long (1.2 §6.5, §6.9, §6.10, §7.3). */
class TopicIdTest {
    private final TestGateway gateway = new TestGateway();

    @Test
    @Requirement("G-TID-01")
    void everyId_publishesUnderItsOwnName() {
        Device device = Device.connected(gateway, "sensor");
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            names.put(device.register("t/" + i), "t/" + i);
        }

        names.forEach((id, name) -> device.publish(id, AT_MOST_ONCE, name));

        assertThat(gateway.upstream().published())
                .hasSize(20)
                .allSatisfy(message -> assertThat(message.payload().toUtf8()).isEqualTo(message.topic()));
    }

    @Test
    @Requirement({"G-TID-01", "G-SUB-05"})
    void everyDelivery_carriesTheIdOfItsTopic() {
        Device subscriber = Device.connected(gateway, "subscriber");
        subscriber.subscribe("t/+", AT_MOST_ONCE);
        Device publisher = Device.connected(gateway, "publisher");
        Map<Integer, String> told = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 12; i++) {
                publisher.publish(publisher.register("t/" + i), AT_MOST_ONCE, "t/" + i);
                if (round == 0) {
                    Register registration = subscriber.next(Register.class);
                    told.put(registration.topicId(), registration.topicName());
                    subscriber.acknowledge(registration);
                }
                Publish delivery = subscriber.next(Publish.class);
                assertThat(told.get(delivery.topicId()))
                        .isEqualTo(delivery.data().toUtf8());
            }
        }

        assertThat(told).hasSize(12);
    }

    @Test
    @Requirement("G-TID-02")
    void idOfAnotherClient_isInvalid() {
        int id = Device.connected(gateway, "one").register("a/b");
        Device other = Device.connected(gateway, "two");

        Publish packet = other.publish(id, AT_LEAST_ONCE, "x");

        assertThat(other.next()).isEqualTo(new PubAck(id, packet.msgId(), ReturnCode.INVALID_TOPIC_ID));
        assertThat(gateway.upstream().published()).isEmpty();
    }

    @Test
    @Requirement("G-TID-03")
    void registeredAndSubscribedTopic_hasOneId() {
        Device device = Device.connected(gateway, "sensor");

        assertThat(device.subscribe("a/b", AT_LEAST_ONCE)).isEqualTo(device.register("a/b"));
        assertThat(device.register("c/d")).isEqualTo(device.subscribe("c/d", AT_LEAST_ONCE));
    }

    @Test
    @Requirement({"G-TID-03", "G-UNSUB-05"})
    void unsubscribedTopic_keepsItsId() {
        Device device = Device.connected(gateway, "sensor");
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        device.unsubscribe(new Topic.Name("a/b"));

        device.publish(id, AT_MOST_ONCE, "x");

        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(message -> assertThat(message.topic()).isEqualTo("a/b"));
        assertThat(device.register("a/b")).isEqualTo(id);
        assertThat(device.subscribe("a/b", AT_LEAST_ONCE)).isEqualTo(id);
    }

    @Test
    @Requirement("G-TID-04")
    void reconnectedWithoutCleanSession_isToldTheSameIdBeforeItIsUsed() {
        Device device = Device.persistent(gateway, "sensor");
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        device.connect(false);

        publishFromElsewhere("a/b", "x");

        Register registration = device.next(Register.class);
        assertThat(registration.topicId()).isEqualTo(id);
        assertThat(registration.topicName()).isEqualTo("a/b");
        assertThat(device.heardNothing()).isTrue();
        device.acknowledge(registration);
        assertThat(device.receives("x").topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-TID-05")
    void idOfAnEarlierConnectionOfTheSession_isStillRight() {
        Device device = Device.persistent(gateway, "sensor");
        int id = device.register("a/b");
        device.register("c/d");
        device.send(Disconnect.plain());
        device.next();
        device.connect(false);

        device.publish(id, AT_MOST_ONCE, "x");

        assertThat(gateway.upstream().published())
                .singleElement()
                .satisfies(message -> assertThat(message.topic()).isEqualTo("a/b"));
    }

    @Test
    @Requirement({"G-TID-01", "G-TID-05"})
    void idOfASessionThatWasTakenOverByACleanOne_isInvalid() {
        Device device = Device.connected(gateway, "sensor");
        int old = device.register("a/b");
        device.connect(false);
        device.connect(true);
        device.register("c/d");

        device.publish(old, AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.INVALID_TOPIC_ID);
    }

    @Test
    @Requirement("G-TID-05")
    void idFromBeforeASleep_isStillRight() {
        Device device = Device.persistent(gateway, "sensor");
        int id = device.register("a/b");
        device.send(new Disconnect(60));
        device.next();

        device.publish(id, AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        device.connect(false);
        device.publish(id, AT_LEAST_ONCE, "y");
        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.ACCEPTED);
        assertThat(gateway.upstream().published())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.topic()).isEqualTo("a/b"));
    }

    @Test
    @Requirement({"G-TID-06", "G-SUB-07"})
    void topicThatTheClientRegistered_isDeliveredThroughAWildcardUnderThatId() {
        Device device = Device.connected(gateway, "sensor");
        int id = device.register("a/b");
        device.subscribe("a/#", AT_LEAST_ONCE);

        publishFromElsewhere("a/b", "x");

        Publish delivery = device.receives("x");
        assertThat(delivery.topicIdType()).isEqualTo(TopicIdType.NORMAL);
        assertThat(delivery.topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-TID-06")
    void topicThatMatchesFilterAndWildcard_carriesTheIdOfSubAck() {
        Device device = Device.connected(gateway, "sensor");
        device.subscribe("#", AT_LEAST_ONCE);
        int id = device.subscribe("a/b", AT_LEAST_ONCE);

        publishFromElsewhere("a/b", "x");

        assertThat(device.receives("x").topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-TID-06")
    void predefinedTopicMatchedByAWildcardOnly_isNamedByItsPredefinedId() {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(256, "plant/state"));
        Device device = Device.connected(predefining, "sensor");
        device.subscribe("plant/#", AT_MOST_ONCE);

        Device.connected(predefining, "plc").publish(TopicIdType.PREDEFINED, 256, AT_MOST_ONCE, "x");

        Publish delivery = device.receives("x");
        assertThat(delivery.topicIdType()).isEqualTo(TopicIdType.PREDEFINED);
        assertThat(delivery.topicId()).isEqualTo(256);
    }

    @Test
    @Requirement("G-TID-06")
    void shortNameMatchedByAWildcardOnly_isNamedByItself() {
        Device device = Device.connected(gateway, "sensor");
        device.subscribe("+", AT_MOST_ONCE);

        publishFromElsewhere("ab", "x");

        Publish delivery = device.receives("x");
        assertThat(delivery.topicIdType()).isEqualTo(TopicIdType.SHORT);
        assertThat(delivery.topicId()).isEqualTo(Topic.Short.toTopicId("ab"));
    }

    @Test
    @Requirement({"G-TID-01", "G-TID-05"})
    void idOfASessionThatEndedWithItsConnection_isInvalid() {
        Device device = Device.connected(gateway, "sensor");
        int old = device.register("a/b");
        device.send(Disconnect.plain());
        device.next();
        device.connect(true);
        device.register("c/d");

        device.publish(old, AT_LEAST_ONCE, "x");

        assertThat(device.next(PubAck.class).returnCode()).isEqualTo(ReturnCode.INVALID_TOPIC_ID);
        assertThat(gateway.upstream().published()).isEmpty();
    }

    private void publishFromElsewhere(String topic, String text) {
        Device publisher = Device.connected(gateway, "elsewhere");
        publisher.publish(publisher.register(topic), AT_LEAST_ONCE, text);
    }
}

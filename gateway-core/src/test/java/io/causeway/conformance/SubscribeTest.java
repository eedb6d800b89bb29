package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** SUBSCRIBE to topics by name, short name and predefined id, and its answers (1.2 §6.9, §6.7). */
class SubscribeTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");
    private final Device publisher = Device.connected(gateway, "publisher");

    @Test
    @Requirement({"G-SUB-01", "W-FMT-02"})
    void topicName_getsAnIdWhichDeliveriesCarry() {
        device.sendHex("08 12 20 1234 61 2f 62");
        assertThat(device.nextHex()).isEqualTo("0813200001123400");

        publish("a/b", AT_MOST_ONCE, "x");

        assertThat(device.nextHex()).isEqualTo("080c000001000078");
    }

    @Test
    @Requirement("G-SUB-01")
    void furtherSubscriptions_leaveTheOtherIdsAsTheyAre() {
        int registered = device.register("r");
        int first = device.subscribe("a", AT_MOST_ONCE);
        int second = device.subscribe("b", AT_MOST_ONCE);

        assertThat(device.register("r")).isEqualTo(registered);
        assertThat(device.subscribe("a", AT_MOST_ONCE)).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = Qos.class,
            names = {"AT_MOST_ONCE", "AT_LEAST_ONCE", "EXACTLY_ONCE"})
    @Requirement("G-SUB-02")
    void grantedQos_isTheRequestedOne(Qos qos) {
        assertThat(device.subscribe(new Topic.Name("a"), qos).qos()).isEqualTo(qos);
    }

    @Test
    @Requirement("G-SUB-03")
    void repeatedSubscribe_isAnsweredAgainAndDeliversOnce() {
        Subscribe request = new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("a/b"));
        device.send(request);
        SubAck first = device.next(SubAck.class);

        device.send(new Subscribe(true, AT_LEAST_ONCE, 7, new Topic.Name("a/b")));

        assertThat(device.next()).isEqualTo(first);
        publish("a/b", AT_MOST_ONCE, "x");
        device.receives("x");
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-03")
    void repeatedBeforeTheBrokerAnswered_isAnsweredOnce() {
        gateway.upstream().hold();
        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("a/b")));
        device.send(new Subscribe(false, AT_LEAST_ONCE, 7, new Topic.Name("a/b")));
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.all()).hasSize(1);
    }

    @Test
    @Requirement({"G-SUB-01", "G-RTX-06"})
    void subscriptionStillOpenAtTheBroker_holdsBackOnlyWhatItMeans() {
        device.subscribe("a/b", AT_MOST_ONCE);
        gateway.upstream().holdAnswers();
        device.send(new Subscribe(false, AT_MOST_ONCE, 7, new Topic.Name("c/d")));

        route("a/b", "x");
        route("c/d", "y");
        device.receives("x");
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();
        device.next(SubAck.class);
        device.receives("y");
    }

    @ParameterizedTest
    @CsvSource({"EXACTLY_ONCE,AT_MOST_ONCE", "AT_MOST_ONCE,AT_LEAST_ONCE"})
    @Requirement("G-SUB-04")
    void subscribingAgain_replacesTheQos(Qos before, Qos after) {
        device.subscribe("a/b", before);
        device.subscribe("a/b", after);

        publish("a/b", EXACTLY_ONCE, "x");

        assertThat(device.receives("x").qos()).isEqualTo(after);
        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement({"G-SUB-08", "W-TTYPE-01"})
    void shortName_isDeliveredByItself() {
        device.sendHex("07 12 22 0007 6162");
        assertThat(device.nextHex()).isEqualTo("0813206162000700");

        publish("ab", AT_MOST_ONCE, "x");

        assertThat(device.nextHex()).isEqualTo("080c026162000078");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 65_534})
    @Requirement({"G-SUB-09", "W-TTYPE-01"})
    void predefinedId_isDeliveredByThatId(int alias) {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(alias, "plant/state"));
        Device sensor = Device.connected(predefining, "sensor");
        sensor.sendHex("07 12 21 0007 %04x".formatted(alias));
        assertThat(sensor.nextHex()).isEqualTo("081320%04x000700".formatted(alias));

        Device.connected(predefining, "plc").publish(TopicIdType.PREDEFINED, alias, AT_MOST_ONCE, "x");

        assertThat(sensor.nextHex()).isEqualTo("080c01%04x000078".formatted(alias));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/é", "工場/温度", "𐀀/+", "\uFEFF/#"})
    @Requirement("G-SUB-13")
    void filter_isUtf8(String filter) {
        device.subscribe(filter, AT_MOST_ONCE);

        String topic = filter.replace('+', 'é').replace('#', '度');
        publish(topic, AT_MOST_ONCE, "x");

        if (!topic.equals(filter)) {
            device.acknowledgesRegister(topic);
        }
        device.receives("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {249, 250, 251, 256, 1_000, 65_490})
    @Requirement("G-SUB-14")
    void longFilter_works(int octets) {
        String filter = "n".repeat(octets);
        int id = device.subscribe(filter, AT_MOST_ONCE);

        publish(filter, AT_MOST_ONCE, "x");

        assertThat(device.receives("x").topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-SUB-18")
    void hundredsOfSubscriptions_allDeliver() {
        int[] ids = new int[500];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = device.subscribe("t/" + i, AT_MOST_ONCE);
        }

        for (int i = 0; i < ids.length; i++) {
            publish("t/" + i, AT_MOST_ONCE, "m" + i);
            assertThat(device.receives("m" + i).topicId()).isEqualTo(ids[i]);
        }
    }

    @Test
    @Requirement("G-SUB-19")
    void nameOfTwoOctetsAsANormalName_isDeliveredByTheIdOfSubAck() {
        int id = device.subscribe("ab", AT_MOST_ONCE);
        assertThat(id).isNotZero();

        publish("ab", AT_MOST_ONCE, "x");

        Publish delivery = device.receives("x");
        assertThat(delivery.topicIdType()).isEqualTo(TopicIdType.NORMAL);
        assertThat(delivery.topicId()).isEqualTo(id);
    }

    @Test
    @Requirement("G-SUB-03")
    void msgIdZero_isAnsweredWithZero() {
        device.send(new Subscribe(false, AT_MOST_ONCE, 0, new Topic.Name("a/b")));

        assertThat(device.next(SubAck.class).msgId()).isZero();
    }

    @Test
    @Requirement("G-SUB-11")
    void retainedMessage_followsSubAckToTheAskerOnly() {
        Device earlier = Device.connected(gateway, "earlier");
        earlier.subscribe("a/b", AT_LEAST_ONCE);
        publisher.send(new Publish(
                false, EXACTLY_ONCE, true, TopicIdType.NORMAL, publisher.register("a/b"), 99, Octets.utf8("kept")));
        publisher.next(PubRec.class);
        publisher.send(new PubRel(99));
        publisher.next();
        assertThat(earlier.receives("kept").retain()).isFalse();

        device.subscribe("a/b", AT_LEAST_ONCE);

        Publish delivery = device.receives("kept");
        assertThat(delivery.retain()).isTrue();
        assertThat(delivery.qos()).isEqualTo(AT_LEAST_ONCE);
        assertThat(earlier.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-SUB-11")
    void retainedMessages_comeForShortNamesAndPredefinedIdsToo() {
        TestGateway predefining = Gateways.withPredefinedTopics(Gateways.topic(7, "plant/state"));
        Device plc = Device.connected(predefining, "plc");
        plc.send(new Publish(false, AT_MOST_ONCE, true, TopicIdType.PREDEFINED, 7, 0, Octets.utf8("predefined")));
        plc.send(new Publish(false, AT_MOST_ONCE, true, TopicIdType.SHORT, 0x6162, 0, Octets.utf8("short")));
        Device sensor = Device.connected(predefining, "sensor");

        sensor.subscribe(new Topic.Predefined(7), AT_MOST_ONCE);
        assertThat(sensor.receives("predefined").retain()).isTrue();
        sensor.subscribe(new Topic.Short("ab"), AT_MOST_ONCE);
        assertThat(sensor.receives("short").retain()).isTrue();
    }

    @Test
    @Requirement("G-SUB-12")
    void subAckLost_isRecoveredByTheRepetitionAlsoAfterADelivery() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        publish("a/b", AT_LEAST_ONCE, "x");
        Publish early = device.next(Publish.class);
        device.answer(early, ReturnCode.INVALID_TOPIC_ID);

        device.acknowledgesRegister("a/b");

        Publish again = device.receives("x");
        assertThat(again.msgId()).isEqualTo(early.msgId());
        assertThat(again.dup()).isTrue();
    }

    @Test
    @Requirement("G-SUB-09")
    void topicWithTwoPredefinedIds_isDeliveredByOneOfThemAndNeverRegistered() {
        TestGateway predefining = Gateways.withPredefinedTopics(
                Gateways.topic(1, "plant/state"), Gateways.topic(2, "plant/state"), Gateways.topic(2, "b", "sens*"));
        Device sensor = Device.connected(predefining, "sensor");
        sensor.subscribe(new Topic.Predefined(1), AT_MOST_ONCE);

        Device.connected(predefining, "plc").publish(TopicIdType.PREDEFINED, 2, AT_MOST_ONCE, "x");

        Publish delivery = sensor.receives("x");
        assertThat(delivery.topicIdType()).isEqualTo(TopicIdType.PREDEFINED);
        assertThat(delivery.topicId()).isEqualTo(1);
    }

    private void route(String topic, String text) {
        gateway.router()
                .route(
                        new ApplicationMessage(topic, Octets.utf8(text), io.causeway.routing.Qos.AT_MOST_ONCE, false),
                        () -> {});
        gateway.settle();
    }

    private void publish(String topic, Qos qos, String text) {
        Publish packet = publisher.publish(publisher.register(topic), qos, text);
        if (qos == AT_LEAST_ONCE) {
            publisher.next(PubAck.class);
        } else if (qos == EXACTLY_ONCE) {
            publisher.next(PubRec.class);
            publisher.send(new PubRel(packet.msgId()));
            publisher.next();
        }
    }
}

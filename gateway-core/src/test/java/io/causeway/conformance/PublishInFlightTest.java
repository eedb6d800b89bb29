package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.causeway.codec.v12.Qos.AT_LEAST_ONCE;
import static io.causeway.codec.v12.Qos.AT_MOST_ONCE;
import static io.causeway.codec.v12.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Exchanges of clients that are under way, repeated or done, and their echoes (1.2 §6.6). */
class PublishInFlightTest {
    private final TestGateway gateway = new TestGateway();
    private final Device device = Device.connected(gateway, "sensor");

    @Test
    @Requirement("G-PUB-10")
    void repeatedQosOne_isAcknowledgedAgain() {
        int id = device.register("a/b");
        Publish packet = device.publish(id, AT_LEAST_ONCE, "x");
        PubAck acknowledgement = device.next(PubAck.class);

        device.send(repeated(packet));

        assertThat(device.next()).isEqualTo(acknowledgement);
    }

    @Test
    @Requirement("G-PUB-10")
    void qosOneRepeatedBeforeItWasAcknowledged_goesUpOnceAndIsAcknowledgedOnce() {
        int id = device.register("a/b");
        gateway.upstream().hold();
        Publish packet = device.publish(id, AT_LEAST_ONCE, "x");
        device.send(repeated(packet));

        gateway.upstream().release();
        gateway.settle();

        assertThat(up()).hasSize(1);
        assertThat(device.all()).containsExactly(new PubAck(id, packet.msgId(), ReturnCode.ACCEPTED));
    }

    @Test
    @Requirement("G-PUB-13")
    void msgIdOfACompletedExchange_isFreeForAnotherMessage() {
        int id = device.register("a/b");
        for (String text : List.of("one", "two", "two")) {
            device.send(new Publish(false, AT_LEAST_ONCE, false, TopicIdType.NORMAL, id, 1, Octets.utf8(text)));

            assertThat(device.next()).isEqualTo(new PubAck(id, 1, ReturnCode.ACCEPTED));
        }

        assertThat(payloadsUp()).containsExactly("one", "two", "two");
    }

    @Test
    @Requirement("G-PUB-14")
    void messagesOfAllQos_keepTheirOrder() {
        int id = device.register("a/b");
        Qos[] levels = {AT_MOST_ONCE, AT_LEAST_ONCE, EXACTLY_ONCE};
        List<String> sent = IntStream.range(0, 30).mapToObj(Integer::toString).toList();

        for (int i = 0; i < sent.size(); i++) {
            device.publish(id, levels[i % levels.length], sent.get(i));
        }

        assertThat(payloadsUp()).isEqualTo(sent);
    }

    @Test
    @Requirement("G-PUB-15")
    void severalInFlight_areAllAnswered() {
        int id = device.register("a/b");
        gateway.upstream().hold();
        List<Publish> sent = IntStream.range(0, 5)
                .mapToObj(i -> device.publish(id, AT_LEAST_ONCE, "m" + i))
                .toList();
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();

        assertThat(payloadsUp()).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(device.all())
                .hasSize(5)
                .containsAll(sent.stream()
                        .map(each -> new PubAck(id, each.msgId(), ReturnCode.ACCEPTED))
                        .toList());
    }

    @Test
    @Requirement({"G-PUB-15", "G-PUB-19"})
    void moreInFlightThanOneClientMayHave_areRefusedWithCongestionAndTheOthersStay() {
        TestGateway bounded = Gateways.withInboundInFlight(2);
        Device eager = Device.connected(bounded, "eager");
        int id = eager.register("a/b");
        bounded.upstream().hold();
        eager.publish(id, AT_LEAST_ONCE, "one");
        eager.publish(id, AT_LEAST_ONCE, "two");

        Publish refused = eager.publish(id, AT_LEAST_ONCE, "three");

        assertThat(eager.next()).isEqualTo(new PubAck(id, refused.msgId(), ReturnCode.CONGESTION));
        bounded.upstream().release();
        bounded.settle();
        assertThat(eager.all()).hasSize(2);
        assertThat(bounded.upstream().published()).hasSize(2);
    }

    @Test
    @Requirement("G-PUB-16")
    void clients_reachEachOtherAndThemselves() {
        device.subscribe("a/b", AT_LEAST_ONCE);
        Device other = Device.connected(gateway, "other");
        other.subscribe("a/#", AT_LEAST_ONCE);

        Publish packet = device.publish(device.register("a/b"), AT_LEAST_ONCE, "x");

        assertThat(device.next()).isEqualTo(new PubAck(packet.topicId(), packet.msgId(), ReturnCode.ACCEPTED));
        device.receives("x");
        other.acknowledge(other.next(Register.class));
        other.receives("x");
    }

    @Test
    @Requirement("G-PUB-16")
    void echo_comesAfterTheAcknowledgementEvenIfTheBrokerSendsItBefore() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        gateway.upstream().hold();
        Publish packet = device.publish(id, AT_LEAST_ONCE, "x");

        gateway.router().route(message("a/b", "x", io.causeway.routing.Qos.AT_LEAST_ONCE), () -> {});
        gateway.settle();
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();
        assertThat(device.next()).isEqualTo(new PubAck(id, packet.msgId(), ReturnCode.ACCEPTED));
        device.receives("x");
    }

    @Test
    @Requirement("G-PUB-16")
    void echo_doesNotOvertakeTheSubAckOfItsSubscription() {
        int id = device.register("a/b");
        Device other = Device.connected(gateway, "other");
        int othersId = other.register("a/b");
        retain(id, "kept");
        gateway.upstream().hold();
        device.send(new Subscribe(false, AT_MOST_ONCE, 9, new Topic.Name("a/b")));
        other.publish(othersId, AT_MOST_ONCE, "live");
        assertThat(device.heardNothing()).isTrue();

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.next(SubAck.class).msgId()).isEqualTo(9);
        device.receives("kept");
        device.receives("live");
    }

    @Test
    @Requirement("G-PUB-16")
    void answerToAMessageOfASessionThatIsNoMore_isNotTakenForOneOfTheNext() {
        int id = device.register("a/b");
        gateway.upstream().hold();
        device.publish(id, AT_LEAST_ONCE, "x");
        gateway.advance(Duration.ofMinutes(1));
        device.connect(true);

        gateway.upstream().release();
        gateway.settle();

        assertThat(device.heardNothing()).isTrue();
    }

    @Test
    @Requirement("G-PUB-15")
    void anotherMessageUnderTheMsgIdOfOneInFlight_isNeverTakenForAcknowledgedWithIt() {
        int id = device.register("a/b");
        gateway.upstream().hold();
        device.send(new Publish(false, AT_LEAST_ONCE, false, TopicIdType.NORMAL, id, 1, Octets.utf8("left behind")));
        device.send(new Publish(false, AT_LEAST_ONCE, false, TopicIdType.NORMAL, id, 1, Octets.utf8("other")));
        assertThat(device.next()).isEqualTo(new PubAck(id, 1, ReturnCode.CONGESTION));

        gateway.upstream().release();
        gateway.settle();

        assertThat(payloadsUp()).doesNotContain("other");
        assertThat(device.heardNothing()).as("an acknowledgement of MsgId 1").isTrue();
    }

    @Test
    @Requirement("G-PUB-16")
    void messagesOfOthers_doNotWaitForAnAcknowledgementOfTheBroker() {
        int id = device.subscribe("a/b", AT_LEAST_ONCE);
        gateway.upstream().hold();
        device.publish(id, AT_LEAST_ONCE, "own");

        gateway.router().route(message("a/b", "another's", io.causeway.routing.Qos.AT_LEAST_ONCE), () -> {});
        gateway.settle();

        device.receives("another's");
    }

    private void retain(int id, String text) {
        device.send(new Publish(false, AT_MOST_ONCE, true, TopicIdType.NORMAL, id, 0, Octets.utf8(text)));
    }

    private static Publish repeated(Publish packet) {
        return new Publish(
                true,
                packet.qos(),
                packet.retain(),
                packet.topicIdType(),
                packet.topicId(),
                packet.msgId(),
                packet.data());
    }

    private List<ApplicationMessage> up() {
        return gateway.upstream().published();
    }

    private List<String> payloadsUp() {
        return up().stream().map(each -> each.payload().toUtf8()).toList();
    }

    private static ApplicationMessage message(String topic, String text, io.causeway.routing.Qos qos) {
        return new ApplicationMessage(topic, Octets.utf8(text), qos, false);
    }
}

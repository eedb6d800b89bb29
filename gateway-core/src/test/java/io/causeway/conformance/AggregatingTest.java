package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All clients share what is above: their exchanges end at the gateway (1.2 §4.2). */
@Requirement("G-ARCH-02")
class AggregatingTest {
    private static final int MSG_ID = 5;

    private final TestGateway gateway = new TestGateway();
    private final Sensor first = Sensor.connected(gateway, 1, "first");
    private final Sensor second = Sensor.connected(gateway, 2, "second");

    private static Publish qos2(int topicId, String message) {
        Octets data = Octets.utf8(message);
        return new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topicId, MSG_ID, data);
    }

    @Test
    void releaseOfAMessage_isAnsweredByTheGatewayAlone() {
        int topicId = first.register("a/b");
        first.peer().send(qos2(topicId, "up"));
        first.hears(new PubRec(MSG_ID));
        gateway.upstream().hold();

        first.peer().send(new PubRel(MSG_ID));

        first.hears(new PubComp(MSG_ID));
        assertThat(gateway.upstream().published()).hasSize(1);
    }

    @Test
    void receiptOfAMessage_isAnsweredByTheGatewayAlone() {
        int topicId = first.register("a/b");
        second.subscribe("a/b", Qos.EXACTLY_ONCE);
        first.peer().send(qos2(topicId, "down"));
        int msgId = second.nextPublish().msgId();
        gateway.upstream().hold();

        second.peer().send(new PubRec(msgId));

        second.hears(new PubRel(msgId));
        second.peer().send(new PubComp(msgId));
        second.hearsNothing();
    }

    @Test
    void sameMsgIdsAndTopicIds_areToldApartAndUnknownAbove() {
        int ofFirst = first.register("of/first");
        int ofSecond = second.register("of/second");

        first.peer().send(qos2(ofFirst, "one"));
        second.peer().send(qos2(ofSecond, "two"));

        first.hears(new PubRec(MSG_ID));
        second.hears(new PubRec(MSG_ID));
        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::topic)
                .containsExactly("of/first", "of/second");
    }
}

package io.causeway.conformance;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import io.causeway.harness.TestGateway;
import io.causeway.routing.ApplicationMessage;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that lose their memory, their broker or their tongue, and begin again. */
class StartsAnewTest {
    private final TestGateway gateway = new TestGateway();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("G-PUB-13")
    void sensorThatReboots_hasItsFirstMessageAtQos2PublishedAgain(boolean cleanSession) {
        Device sensor = cleanSession ? Device.connected(gateway, "sensor") : Device.persistent(gateway, "sensor");
        int topicId = sensor.register("t");
        publishesExactlyOnce(sensor, topicId, 1);
        publishesExactlyOnce(sensor, topicId, 2);

        gateway.advance(Duration.ofSeconds(3));
        sensor.send(new Connect(false, cleanSession, Connect.PROTOCOL_ID, 0, "sensor"));
        assertThat(sensor.next()).isEqualTo(new ConnAck(ReturnCode.ACCEPTED));
        publishesExactlyOnce(sensor, sensor.register("t"), 1);

        assertThat(gateway.upstream().published()).hasSize(3);
    }

    @Test
    @Requirement({"G-PUB-11", "G-PUB-13"})
    void packetIdUsedAgainForTheSameContentAfterAWhile_isAnotherMessage() {
        Device sensor = Device.connected(gateway, "sensor");
        int topicId = sensor.register("t");
        publishesExactlyOnce(sensor, topicId, 1);
        publishesExactlyOnce(sensor, topicId, 2);
        gateway.advance(Duration.ofSeconds(11));

        publishesExactlyOnce(sensor, topicId, 2);

        assertThat(gateway.upstream().published()).hasSize(3);
    }

    @Test
    @Requirement("G-WILL-04")
    void willThatWaitedForTheBroker_isPublishedBeforeWhatItsClientSaysWhenItIsBack() {
        Device sensor = Device.at(gateway, "sensor");
        sensor.send(new Connect(true, true, Connect.PROTOCOL_ID, 10, "sensor"));
        sensor.next(WillTopicReq.class);
        sensor.send(new WillTopic(Qos.AT_LEAST_ONCE, true, "state"));
        sensor.next(WillMsgReq.class);
        sensor.send(new WillMsg(Octets.utf8("offline")));
        sensor.next(ConnAck.class);
        gateway.upstream().setAvailable(false);
        gateway.advance(Duration.ofSeconds(16));
        gateway.upstream().setAvailable(true);
        sensor.all();

        sensor.connect(true);
        int topicId = sensor.register("state");
        sensor.publish(topicId, Qos.AT_LEAST_ONCE, "online");
        gateway.advance(Duration.ofSeconds(10));

        assertThat(gateway.upstream().published())
                .extracting(ApplicationMessage::payload)
                .containsExactly(Octets.utf8("offline"), Octets.utf8("online"));
    }

    @Test
    @Requirement("G-CONN-11")
    void willTopicThatCannotBeRead_isRefusedAndNotAskedForForEver() {
        Device sensor = Device.at(gateway, "sensor");
        sensor.send(new Connect(true, true, Connect.PROTOCOL_ID, 0, "sensor"));
        sensor.next(WillTopicReq.class);

        sensor.sendHex("03 07 20");

        assertThat(sensor.next()).isEqualTo(new ConnAck(ReturnCode.NOT_SUPPORTED));
    }

    private void publishesExactlyOnce(Device sensor, int topicId, int msgId) {
        sensor.send(
                new Publish(false, Qos.EXACTLY_ONCE, false, TopicIdType.NORMAL, topicId, msgId, Octets.utf8("21.5")));
        assertThat(sensor.next()).isEqualTo(new PubRec(msgId));
        sensor.send(new PubRel(msgId));
        assertThat(sensor.next()).isEqualTo(new PubComp(msgId));
    }
}

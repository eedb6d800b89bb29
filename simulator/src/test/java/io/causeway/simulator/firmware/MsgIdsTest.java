package io.causeway.simulator.firmware;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.RegAck;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.ReturnCode;
import io.causeway.codec.v12.SubAck;
import io.causeway.codec.v12.Subscribe;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import io.causeway.codec.v12.UnsubAck;
import io.causeway.codec.v12.Unsubscribe;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MsgIdsTest {
    private static final Topic TOPIC = new Topic.Name("a");
    private static final MsgIds SHIFTED = new MsgIds(65_534);

    @Test
    void whatTheSensorAsks_isShiftedAndNeverZero() {
        assertThat(SHIFTED.outgoing(publish(Qos.AT_LEAST_ONCE, 1))).isEqualTo(publish(Qos.AT_LEAST_ONCE, 65_535));
        assertThat(SHIFTED.outgoing(publish(Qos.EXACTLY_ONCE, 2))).isEqualTo(publish(Qos.EXACTLY_ONCE, 1));
        assertThat(SHIFTED.outgoing(new PubRel(2))).isEqualTo(new PubRel(1));
        assertThat(SHIFTED.outgoing(new Register(0, 2, "a"))).isEqualTo(new Register(0, 1, "a"));
        assertThat(SHIFTED.outgoing(new Subscribe(false, Qos.AT_LEAST_ONCE, 2, TOPIC)))
                .isEqualTo(new Subscribe(false, Qos.AT_LEAST_ONCE, 1, TOPIC));
        assertThat(SHIFTED.outgoing(new Unsubscribe(2, TOPIC))).isEqualTo(new Unsubscribe(1, TOPIC));
    }

    @Test
    void whatTheGatewayAnswers_isShiftedBack() {
        assertThat(SHIFTED.incoming(new PubAck(5, 65_535, ReturnCode.ACCEPTED)))
                .isEqualTo(new PubAck(5, 1, ReturnCode.ACCEPTED));
        assertThat(SHIFTED.incoming(new PubRec(1))).isEqualTo(new PubRec(2));
        assertThat(SHIFTED.incoming(new PubComp(1))).isEqualTo(new PubComp(2));
        assertThat(SHIFTED.incoming(new RegAck(3, 1, ReturnCode.ACCEPTED)))
                .isEqualTo(new RegAck(3, 2, ReturnCode.ACCEPTED));
        assertThat(SHIFTED.incoming(new SubAck(Qos.AT_LEAST_ONCE, 3, 1, ReturnCode.ACCEPTED)))
                .isEqualTo(new SubAck(Qos.AT_LEAST_ONCE, 3, 2, ReturnCode.ACCEPTED));
        assertThat(SHIFTED.incoming(new UnsubAck(1))).isEqualTo(new UnsubAck(2));
    }

    @Test
    void whatTheGatewayAsks_isAnsweredWithItsOwnMsgId() {
        for (Packet packet : new Packet[] {
            publish(Qos.AT_MOST_ONCE, 0),
            new PubAck(5, 9, ReturnCode.ACCEPTED),
            new PubRec(9),
            new PubComp(9),
            new RegAck(3, 9, ReturnCode.ACCEPTED)
        }) {
            assertThat(SHIFTED.outgoing(packet)).isEqualTo(packet);
        }
        assertThat(SHIFTED.incoming(publish(Qos.AT_LEAST_ONCE, 9))).isEqualTo(publish(Qos.AT_LEAST_ONCE, 9));
    }

    @Test
    void rejectionWithoutMsgId_staysWithout() {
        PubAck rejection = new PubAck(5, 0, ReturnCode.INVALID_TOPIC_ID);

        assertThat(SHIFTED.incoming(rejection)).isEqualTo(rejection);
    }

    @Test
    void shiftOutOfRange_isRefused() {
        assertThatThrownBy(() -> new MsgIds(65_535)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MsgIds(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Publish publish(Qos qos, int msgId) {
        return new Publish(false, qos, false, TopicIdType.NORMAL, 5, msgId, Octets.ofHex("00"));
    }
}

package io.causeway.client;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import java.util.function.Consumer;

/** CONNECT, the prompting for the will, CONNACK (1.2 §6.2). The gateway leads: it is sent what it asks for. */
record ConnectExchange(Connect opening, Will will, Consumer<ConnAck> answered, Consumer<ClientException> failed)
        implements Exchange {
    @Override
    public Step onAnswer(Packet answer) {
        if (answer instanceof WillTopicReq) {
            return new Step.Continue(
                    will.isNone() ? WillTopic.empty() : new WillTopic(will.qos(), will.retain(), will.topicName()));
        }
        if (answer instanceof WillMsgReq) {
            return new Step.Continue(new WillMsg(will.message()));
        }
        if (answer instanceof ConnAck connAck) {
            return new Step.Settle(() -> answered.accept(connAck));
        }
        return new Step.Ignore();
    }

    @Override
    public void onFailed(ClientException cause) {
        failed.accept(cause);
    }
}

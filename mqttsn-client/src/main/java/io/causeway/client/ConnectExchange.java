package io.causeway.client;

import io.causeway.codec.v12.ConnAck;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillMsgReq;
import io.causeway.codec.v12.WillTopic;
import io.causeway.codec.v12.WillTopicReq;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** CONNECT, the prompting for the will, CONNACK (1.2 §6.2). The gateway leads: it is sent what it asks for. */
final class ConnectExchange implements Exchange {
    private final Will will;
    private final Consumer<ConnAck> answered;
    private final Consumer<ClientException> failed;
    private final Set<Packet> given = new HashSet<>();
    private Packet packet;

    ConnectExchange(Connect connect, Will will, Consumer<ConnAck> answered, Consumer<ClientException> failed) {
        this.packet = connect;
        this.will = will;
        this.answered = answered;
        this.failed = failed;
    }

    @Override
    public Packet packet() {
        return packet;
    }

    @Override
    public Step onAnswer(Packet answer) {
        if (answer instanceof WillTopicReq) {
            return give(will.isNone() ? WillTopic.empty() : new WillTopic(will.qos(), will.retain(), will.topicName()));
        }
        if (answer instanceof WillMsgReq) {
            return give(new WillMsg(will.message()));
        }
        return answer instanceof ConnAck ? Step.SETTLE : Step.IGNORE;
    }

    /** A late copy of CONNECT makes a gateway ask anew, and it must be answered; but one that only asks is given up. */
    private Step give(Packet next) {
        packet = next;
        return given.add(next) ? Step.CONTINUE : Step.REPLY;
    }

    @Override
    public void onSettled(Packet answer) {
        answered.accept((ConnAck) answer);
    }

    @Override
    public void onFailed(ClientException cause) {
        failed.accept(cause);
    }
}

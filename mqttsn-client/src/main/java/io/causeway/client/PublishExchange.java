package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PubAck;
import io.causeway.codec.v12.PubComp;
import io.causeway.codec.v12.PubRec;
import io.causeway.codec.v12.PubRel;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.ReturnCode;
import java.util.function.Consumer;

/** PUBLISH and PUBACK at QoS 1; PUBLISH, PUBREC, PUBREL and PUBCOMP, or a rejecting PUBACK, at QoS 2 (1.2 §6.6). */
final class PublishExchange implements Exchange {
    private final Publish publish;
    private final Consumer<ReturnCode> answered;
    private final Consumer<ClientException> failed;
    private boolean received;

    PublishExchange(Publish publish, Consumer<ReturnCode> answered, Consumer<ClientException> failed) {
        this.publish = publish;
        this.answered = answered;
        this.failed = failed;
    }

    @Override
    public Packet opening() {
        return publish;
    }

    @Override
    public Step onAnswer(Packet answer) {
        if (answer instanceof PubAck pubAck && ends(pubAck)) {
            return new Step.Settle(() -> answered.accept(pubAck.returnCode()));
        }
        if (publish.qos() == Qos.EXACTLY_ONCE && answer instanceof PubRec) {
            received = true;
            return new Step.Continue(new PubRel(publish.msgId()));
        }
        if (received && answer instanceof PubComp) {
            return new Step.Settle(() -> answered.accept(ReturnCode.ACCEPTED));
        }
        return new Step.Ignore();
    }

    private boolean ends(PubAck pubAck) {
        return publish.qos() == Qos.AT_LEAST_ONCE || (!received && pubAck.returnCode() != ReturnCode.ACCEPTED);
    }

    @Override
    public void onFailed(ClientException cause) {
        failed.accept(cause);
    }
}

package io.causeway.client;

import io.causeway.codec.v12.Packet;
import java.util.function.Consumer;

/**
 * The exchange of one packet and one answer.
 *
 * @param answerType the only type of packet that answers it
 * @param <A>        the same
 */
record Request<A extends Packet>(
        Packet packet, Class<A> answerType, Consumer<A> answered, Consumer<ClientException> failed)
        implements Exchange {
    @Override
    public Step onAnswer(Packet answer) {
        return answerType.isInstance(answer) ? Step.SETTLE : Step.IGNORE;
    }

    @Override
    public void onSettled(Packet answer) {
        answered.accept(answerType.cast(answer));
    }

    @Override
    public void onFailed(ClientException cause) {
        failed.accept(cause);
    }
}

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
        Packet opening, Class<A> answerType, Consumer<A> answered, Consumer<ClientException> failed)
        implements Exchange {
    @Override
    public Step onAnswer(Packet answer) {
        if (!answerType.isInstance(answer)) {
            return new Step.Ignore();
        }
        return new Step.Settle(() -> answered.accept(answerType.cast(answer)));
    }

    @Override
    public void onFailed(ClientException cause) {
        failed.accept(cause);
    }
}

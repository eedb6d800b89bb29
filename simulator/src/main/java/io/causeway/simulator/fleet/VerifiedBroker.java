package io.causeway.simulator.fleet;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Qos;
import io.causeway.simulator.verify.ArrivalListener;
import io.causeway.simulator.verify.Verifier;
import java.util.Optional;

/** A real broker. */
record VerifiedBroker(Verifier verifier) implements Broker {
    @Override
    public void drain(ArrivalListener listener) {
        verifier.drain(listener);
    }

    @Override
    public boolean send(String topic, Octets payload, Qos qos, Runnable whenAccepted) {
        return verifier.send(topic, payload, qos, whenAccepted);
    }

    @Override
    public boolean isSending() {
        return verifier.isSending();
    }

    @Override
    public Optional<String> trouble() {
        return verifier.trouble();
    }

    @Override
    public boolean tellsLosses() {
        return verifier.tellsLosses();
    }

    @Override
    public Optional<String> doubt() {
        return verifier.doubt();
    }
}

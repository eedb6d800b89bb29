package io.causeway.client;

import io.causeway.codec.v12.Packet;

/** A request and all that follows until it is settled: one answer, a QoS 2 handshake, or the prompting for a will. */
interface Exchange {
    /** What opens it. */
    Packet opening();

    /**
     * Decides, and does nothing yet.
     *
     * @param answer any packet with the packet id of the opening, not always one that fits
     */
    Step onAnswer(Packet answer);

    /** It ends without an answer that settles it. */
    void onFailed(ClientException cause);

    /** What an answer leads to. */
    sealed interface Step {
        /** The answer is late, a duplicate or not for this exchange: nothing changes. */
        record Ignore() implements Step {}

        /** Now this is to be sent, and repeated until it is answered in turn. */
        record Continue(Packet next) implements Step {}

        /** The exchange is over; when its place is free again, the one who asked is told. */
        record Settle(Runnable tell) implements Step {}
    }
}

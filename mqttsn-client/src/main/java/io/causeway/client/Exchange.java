package io.causeway.client;

import io.causeway.codec.v12.Packet;

/** A request until it is settled, through as many packets as that takes: at QoS 2, or the prompting for a will. */
interface Exchange {
    /** What the gateway is to answer now, and is sent again until it does. */
    Packet packet();

    /**
     * Decides, and tells nobody yet.
     *
     * @param answer any packet with the packet id of the exchange, not always one that fits
     */
    Step onAnswer(Packet answer);

    /**
     * Its place is free again: the one who asked is to be told.
     *
     * @param answer the one that settled it
     */
    void onSettled(Packet answer);

    /** It ends without an answer that settles it. */
    void onFailed(ClientException cause);

    /** What an answer leads to. */
    enum Step {
        /** The answer is late, a duplicate or not for this exchange: nothing changes. */
        IGNORE,
        /** The answer asks for what it was given before: {@link #packet} is sent at once, but its time does not begin anew. */
        REPLY,
        /** {@link #packet} is another one now, to be sent and answered in turn. */
        CONTINUE,
        /** The exchange is over. */
        SETTLE
    }
}

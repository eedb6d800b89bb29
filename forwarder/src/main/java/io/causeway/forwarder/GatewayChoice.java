package io.causeway.forwarder;

import io.causeway.codec.v12.Packet;
import io.causeway.radio.LinkAddress;
import java.util.Optional;

/** Which of the gateways that there are is in use. Owned by the loop of the forwarder. */
interface GatewayChoice {
    void start(long nowNanos);

    /** The one in use; nothing if none is known at the moment. */
    Optional<LinkAddress> current();

    /** What an operator knows the one in use by; if there is none, what is looked for. */
    String name();

    /** Why there is none in use, in words for the operator. */
    String whyNone();

    /** To be called several times a second. */
    void onTick(long nowNanos);

    /**
     * A message on the gateways' side that is not in an envelope.
     *
     * @return whether it belongs to discovery; if not, it does not belong here at all
     */
    boolean onPacket(LinkAddress from, Packet packet, long nowNanos);

    /** The one in use does not answer: another one is to be, if there is any. */
    void giveUp(long nowNanos);
}

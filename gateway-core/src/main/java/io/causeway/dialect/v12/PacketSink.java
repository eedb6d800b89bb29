package io.causeway.dialect.v12;

import io.causeway.codec.v12.Packet;
import io.causeway.session.NetworkIdentity;

/** Where packets leave: finds the link of an address and its envelope. Never blocks, never throws for what a link does. */
public interface PacketSink {
    void send(NetworkIdentity to, Packet packet);

    /**
     * Sends to everybody on the link on which a packet of this sender came in.
     *
     * @param radius hops, as SEARCHGW asks for; 0: the whole network (1.2 §5.3.9)
     */
    void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius);
}

package io.causeway.radio;

import io.netty.buffer.ByteBuf;

/** Takes what a {@link Transport} receives. */
@FunctionalInterface
public interface DatagramListener {
    /**
     * Called on the event loop of the endpoint that received the datagram; one transport may call from several loops at
     * the same time. Must not block. An exception is logged and counted by the transport and costs only this datagram.
     *
     * @param from      the peer, as {@link Transport#send} takes it for the answer
     * @param datagram  its octets, possibly none; borrowed for the call
     * @param multicast whether it was sent to a group; the answer leaves from a service endpoint of the link that
     *                  received it all the same
     */
    void onDatagram(LinkAddress from, ByteBuf datagram, boolean multicast);
}

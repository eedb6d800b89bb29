package io.causeway.broker.listen;

import io.causeway.broker.wire.UnfinishedPackets;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What all connections of one listener share. Safe for many threads. */
record Entrance(
        ListenerSettings settings,
        ListenerContext context,
        OpenConnections connections,
        Strangers strangers,
        UnfinishedPackets unfinished,
        OccasionalLog log) {

    /** Takes a connection in; if there are too many, in the place of one that has not even said who it is. */
    boolean tryAdd(SocketChannel channel) {
        InetAddress address = channel.remoteAddress().getAddress();
        if (connections.tryAdd(channel, address)) {
            return true;
        }
        if (!connections.isFull()) {
            return false; // it is the address that has too many
        }
        Optional<Channel> silent = strangers.removeOldest();
        silent.ifPresent(connections::giveUp);
        return silent.isPresent() && connections.tryAdd(channel, address);
    }

    /** Whose connection that is, for logs: {@code "mqtt 127.0.0.1:51234"}. */
    String addressOf(Channel channel) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        return settings.scheme().text() + " "
                + NetUtil.toSocketAddressString(peer.getAddress().getHostAddress(), peer.getPort());
    }
}

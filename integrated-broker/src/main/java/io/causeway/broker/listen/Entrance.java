package io.causeway.broker.listen;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** What all connections of one listener share. Safe for many threads. */
record Entrance(
        ListenerSettings settings,
        ListenerContext context,
        OpenConnections connections,
        Strangers strangers,
        OccasionalLog log) {

    /** Whose connection that is, for logs: {@code "mqtt 127.0.0.1:51234"}. */
    String addressOf(Channel channel) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        return settings.scheme().text() + " "
                + NetUtil.toSocketAddressString(peer.getAddress().getHostAddress(), peer.getPort());
    }
}

package io.causeway.radio.udp;

import io.causeway.radio.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** What tests of a transport need besides. */
final class Links {
    private Links() {}

    static EventLoopGroup loops(int count) {
        return new MultiThreadIoEventLoopGroup(count, NioIoHandler.newFactory());
    }

    static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** An address and port as {@link Transport#endpoints} writes them. */
    static InetSocketAddress parse(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return new InetSocketAddress(
                address(endpoint.substring(0, colon)), Integer.parseInt(endpoint.substring(colon + 1)));
    }

    static InetSocketAddress firstEndpoint(Transport transport) {
        return parse(transport.endpoints().get(0));
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

package io.causeway.broker.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one listener, bounded in all and for each address. Safe for many threads. */
final class OpenConnections {
    private final int maxConnections;
    private final int maxPerAddress;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<InetAddress, Integer> sizeByAddress = new ConcurrentHashMap<>();
    private final Map<Channel, InetAddress> addressOf = new ConcurrentHashMap<>();

    OpenConnections(ListenerLimits limits) {
        maxConnections = limits.maxConnections();
        maxPerAddress = limits.maxConnectionsPerAddress();
    }

    /** Takes a connection in until it closes; false if there are too many. */
    boolean tryAdd(Channel channel, InetAddress address) {
        if (size.incrementAndGet() > maxConnections) {
            size.decrementAndGet();
            return false;
        }
        if (sizeByAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            release(address);
            return false;
        }
        addressOf.put(channel, address);
        channel.closeFuture().addListener(closed -> giveUp(channel));
        return true;
    }

    /** Closes it; its place is free from now on. */
    void giveUp(Channel channel) {
        InetAddress address = addressOf.remove(channel);
        if (address != null) {
            release(address);
            ChannelFuture unused = channel.close();
        }
    }

    boolean isFull() {
        return size.get() >= maxConnections;
    }

    int size() {
        return size.get();
    }

    void closeAll() {
        for (Channel channel : addressOf.keySet()) {
            ChannelFuture unused = channel.close();
        }
    }

    private void release(InetAddress address) {
        size.decrementAndGet();
        sizeByAddress.computeIfPresent(address, (unused, count) -> count == 1 ? null : count - 1);
    }
}

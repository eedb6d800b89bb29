package io.causeway.forwarder;

import io.causeway.radio.LinkAddress;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the system what a name stands for, on a thread of its own, because that may take many seconds. */
final class NameLookup implements ListedGateways.Resolver, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    private final EventLoop loop;
    private final Function<InetSocketAddress, LinkAddress> addresses;
    private final ExecutorService asker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "gateway names");
        thread.setDaemon(true);
        return thread;
    });

    /** @param loop gets the answers */
    NameLookup(EventLoop loop, Function<InetSocketAddress, LinkAddress> addresses) {
        this.loop = loop;
        this.addresses = addresses;
    }

    @Override
    public void resolve(InetSocketAddress name, Answer answer) {
        asker.execute(() -> {
            List<LinkAddress> found = lookUp(name);
            try {
                loop.execute(() -> answer.on(found, System.nanoTime()));
            } catch (RejectedExecutionException e) {
                log.debug("nobody waits for {} any more", name, e);
            }
        });
    }

    private List<LinkAddress> lookUp(InetSocketAddress name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name.getHostString()))
                    .map(address -> addresses.apply(new InetSocketAddress(address, name.getPort())))
                    .toList();
        } catch (UnknownHostException e) {
            log.debug("{} is not known", name, e);
            return List.of();
        }
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}

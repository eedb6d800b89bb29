package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.SearchGw;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of active gateways of a network (1.2 §6.1), as long as it is open: whoever advertises itself or answers a
 * SEARCHGW is on it, and a gateway that has missed three of its own advertisements is not any more. Opened by a
 * {@link ClientLoop}. The methods may be called from any thread.
 */
public final class GatewayWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayWatch.class);

    private final LoopThread thread;
    private final SearchSockets sockets;
    private final SearchRounds rounds;
    private final ActiveGateways gateways = new ActiveGateways();

    GatewayWatch(LoopThread thread, GatewaySearch search) {
        this.thread = thread;
        this.sockets = new SearchSockets(thread.loop(), search, this::onPacket);
        this.rounds = new SearchRounds(search, thread.random(), thread.wheel(), new Asking());
    }

    /** @param via the link to ask on, for a multicast group */
    CompletableFuture<GatewayWatch> open(@Nullable NetworkInterface via) {
        CompletableFuture<GatewayWatch> opened = new CompletableFuture<>();
        thread.loop()
                .execute(() -> sockets.open(via).whenComplete((done, failure) -> {
                    if (failure == null) {
                        rounds.start(System.nanoTime());
                        opened.complete(this);
                    } else {
                        opened.completeExceptionally(failure);
                    }
                }));
        return opened;
    }

    /** The active gateways, those first that were found first; empty if there are none. */
    public List<FoundGateway> gateways() {
        return gateways.at(System.nanoTime());
    }

    /** The addresses of the same, for a {@link Reconnection}. */
    public List<InetSocketAddress> addresses() {
        return gateways().stream().map(FoundGateway::address).toList();
    }

    /** Asks the network again, as at the beginning: for instance when a gateway is lost, and no other is known. */
    public void search() {
        thread.loop().execute(() -> rounds.start(System.nanoTime()));
    }

    @Override
    public void close() {
        thread.loop().execute(() -> {
            rounds.stop();
            sockets.close();
        });
    }

    private void onPacket(Packet packet, InetSocketAddress sender) {
        long nowNanos = System.nanoTime();
        rounds.onPacket(packet, nowNanos);
        gateways.onPacket(packet, sender, nowNanos).ifPresent(gateway -> rounds.stop());
    }

    private final class Asking implements SearchRounds.Owner {
        @Override
        public void send(SearchGw question) {
            sockets.ask(question);
        }

        @Override
        public void onNobody() {
            log.debug("no gateway has answered");
        }
    }
}

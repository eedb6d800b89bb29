package io.causeway.client;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.SearchGw;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Looks for one gateway, the first that makes itself known (1.2 §6.1). Owned by the event loop. */
final class Searcher implements SearchRounds.Owner {
    private final LoopThread thread;
    private final ActiveGateways gateways = new ActiveGateways();
    private final CompletableFuture<FoundGateway> found = new CompletableFuture<>();
    private final SearchSockets sockets;
    private final SearchRounds rounds;

    Searcher(LoopThread thread, GatewaySearch search) {
        this.thread = thread;
        this.sockets = new SearchSockets(thread.loop(), search, this::onPacket);
        this.rounds = new SearchRounds(search, thread.random(), thread.wheel(), this);
    }

    /** @param via the link to ask on, for a multicast group */
    CompletableFuture<FoundGateway> begin(@Nullable NetworkInterface via) {
        thread.loop()
                .execute(() -> sockets.open(via).whenComplete((done, failure) -> {
                    if (failure == null) {
                        rounds.start(System.nanoTime());
                    } else {
                        fail(failure);
                    }
                }));
        return found;
    }

    private void onPacket(Packet packet, InetSocketAddress sender) {
        long nowNanos = System.nanoTime();
        rounds.onPacket(packet, nowNanos);
        gateways.onPacket(packet, sender, nowNanos).ifPresent(this::succeed);
    }

    private void succeed(FoundGateway gateway) {
        rounds.stop();
        sockets.close();
        found.complete(gateway);
    }

    @Override
    public void send(SearchGw question) {
        sockets.ask(question);
    }

    @Override
    public void onNobody() {
        fail(new NoResponseException());
    }

    private void fail(Throwable cause) {
        sockets.close();
        found.completeExceptionally(cause);
    }
}

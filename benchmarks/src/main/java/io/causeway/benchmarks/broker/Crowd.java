package io.causeway.benchmarks.broker;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connects many clients, with a bounded number of handshakes under way. Owned by the loop. */
final class Crowd {
    private static final int HANDSHAKES = 64;

    private final LoadLoop loop;
    private final InetSocketAddress broker;
    private final String name;
    private final int size;
    private final List<LoadClient> clients = new ArrayList<>();
    private final CompletableFuture<List<LoadClient>> all = new CompletableFuture<>();
    private int begun;

    Crowd(LoadLoop loop, InetSocketAddress broker, String name, int size) {
        this.loop = loop;
        this.broker = broker;
        this.name = name;
        this.size = size;
    }

    /** @return done when all are connected; fails with the first that is not */
    CompletableFuture<List<LoadClient>> connect() {
        for (int first = 0; first < Math.min(HANDSHAKES, size); first++) {
            connectNext();
        }
        return all;
    }

    private void connectNext() {
        CompletableFuture<?> unused = loop.connect(broker, name + begun++).whenComplete((client, failure) -> {
            if (failure == null) {
                onConnected(client);
            } else {
                giveUp(failure);
            }
        });
    }

    private void onConnected(LoadClient client) {
        clients.add(client);
        if (all.isDone()) {
            client.close();
        } else if (clients.size() == size) {
            all.complete(clients);
        } else if (begun < size) {
            connectNext();
        }
    }

    private void giveUp(Throwable failure) {
        String progress = "only " + clients.size() + " of " + size + " connections: " + failure.getMessage();
        clients.forEach(LoadClient::close);
        all.completeExceptionally(new LoadFailure(progress, failure));
    }
}

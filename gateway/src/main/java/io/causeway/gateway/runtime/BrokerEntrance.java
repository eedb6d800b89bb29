package io.causeway.gateway.runtime;

import io.causeway.access.Authenticator;
import io.causeway.broker.listen.ListenerContext;
import io.causeway.broker.listen.ShardOf;
import io.causeway.broker.session.AssignedClientIds;
import io.causeway.broker.session.BrokerCounters;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way from the listeners to the sessions: who checks passwords, and which loop a client belongs to. */
final class BrokerEntrance implements ListenerContext {
    /** Logins waiting for their turn; hashing takes tens of milliseconds each on a small board. */
    private static final int MOST_WAITING = 1_000;

    private static final int MOST_THREADS = 4;
    private static final long IDLE_SECONDS = 10;

    private final BrokerCounters counters;
    private final AssignedClientIds assignedClientIds = new AssignedClientIds(new SecureRandom());
    private final ThreadPoolExecutor authentication;
    private volatile Authenticator authenticator;
    private volatile @Nullable ShardLoops loops;

    BrokerEntrance(BrokerCounters counters, Authenticator authenticator) {
        this.counters = counters;
        this.authenticator = authenticator;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        this.authentication = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DefaultThreadFactory("login"));
        authentication.allowCoreThreadTimeOut(true);
    }

    /** Before the first listener is open. */
    void leadTo(ShardLoops newLoops) {
        loops = newLoops;
    }

    void useAuthenticator(Authenticator newAuthenticator) {
        authenticator = newAuthenticator;
    }

    @Override
    public EventLoopGroup group() {
        return loops().group();
    }

    @Override
    public ShardOf ownerOf(String clientId) {
        return new ShardOf(loops().ownerLoop(clientId), loops().ownerShard(clientId));
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public Executor authentication() {
        return authentication;
    }

    @Override
    public BrokerCounters counters() {
        return counters;
    }

    @Override
    public AssignedClientIds assignedClientIds() {
        return assignedClientIds;
    }

    /** Tells the clients that the server shuts down, as far as they can be told. */
    void sayGoodbye() {
        ShardLoops open = loops;
        if (open != null) {
            open.mqttShards().forEach(shard -> shard.mailbox().post(shard::shutDown));
        }
    }

    void close() {
        authentication.shutdownNow();
    }

    private ShardLoops loops() {
        return Objects.requireNonNull(loops);
    }
}

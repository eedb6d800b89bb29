package io.causeway.broker.listen;

import io.causeway.access.Authenticator;
import io.causeway.access.Authorizer;
import io.causeway.broker.session.AssignedClientIds;
import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerCounters;
import io.causeway.broker.session.BrokerSettings;
import io.causeway.broker.session.MqttShard;
import io.causeway.session.ClientEvents;
import io.causeway.session.Mailbox;
import io.causeway.store.SessionStore;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Shards on two loops, and listeners on free ports of the loopback: the broker as a gateway puts it together. */
final class TestBroker implements ListenerContext, AutoCloseable {
    private static final int LOOPS = 2;
    private static final int WAITING_FOR_AUTHENTICATION = 4;
    private static final long TICK_MILLIS = 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final ThreadPoolExecutor authentication =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_FOR_AUTHENTICATION));
    private final Broker broker = new Broker(
            BrokerSettings.DEFAULTS, Authorizer.OPEN, ClientEvents.NONE, SessionStore.NONE, System.nanoTime());
    private final AssignedClientIds assignedClientIds = new AssignedClientIds(new SecureRandom());
    private final List<ShardOf> shards = new ArrayList<>();
    private final List<MqttListener> listeners = new ArrayList<>();
    private volatile Authenticator authenticator = Authenticator.ANYBODY;

    TestBroker() {
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            MqttShard shard = new MqttShard(broker, new LoopMailbox(loop), System.nanoTime());
            shards.add(new ShardOf(loop, shard));
            var unused = loop.scheduleAtFixedRate(
                    () -> shard.advance(System.nanoTime()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    MqttListener listen(ListenerScheme scheme) {
        return listen(new ListenerSettings(scheme, anyPort(), null));
    }

    MqttListener listen(ListenerLimits limits) {
        return listen(new ListenerSettings(ListenerScheme.MQTT, anyPort(), null).withLimits(limits));
    }

    MqttListener listen(ListenerSettings settings) {
        try {
            MqttListener listener = MqttListener.open(settings, this);
            listeners.add(listener);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    void useAuthenticator(Authenticator newAuthenticator) {
        authenticator = newAuthenticator;
    }

    long count(BrokerCount count) {
        return broker.counters().get(count);
    }

    @Override
    public EventLoopGroup group() {
        return group;
    }

    @Override
    public ShardOf ownerOf(String clientId) {
        return shards.get(Math.floorMod(clientId.hashCode(), LOOPS));
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
        return broker.counters();
    }

    @Override
    public AssignedClientIds assignedClientIds() {
        return assignedClientIds;
    }

    @Override
    public void close() {
        listeners.forEach(MqttListener::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        authentication.shutdownNow();
    }

    /** Limits that make a test short. */
    static ListenerLimits limits(int maxConnections, int maxStrangers, Duration connectTimeout) {
        return new ListenerLimits(maxConnections, maxConnections, maxStrangers, connectTimeout, 64 * 1024);
    }

    private record LoopMailbox(EventLoop loop) implements Mailbox {
        @Override
        public void post(LongConsumer work) {
            loop.execute(() -> work.accept(System.nanoTime()));
        }
    }
}

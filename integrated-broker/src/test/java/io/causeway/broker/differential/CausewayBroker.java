package io.causeway.broker.differential;

import io.causeway.access.Authenticator;
import io.causeway.access.Authorizer;
import io.causeway.broker.listen.ListenerContext;
import io.causeway.broker.listen.ListenerScheme;
import io.causeway.broker.listen.ListenerSettings;
import io.causeway.broker.listen.MqttListener;
import io.causeway.broker.listen.ShardOf;
import io.causeway.broker.session.AssignedClientIds;
import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.BrokerCounters;
import io.causeway.broker.session.BrokerSettings;
import io.causeway.broker.session.MqttShard;
import io.causeway.session.ClientEvents;
import io.causeway.session.Mailbox;
import io.causeway.session.SessionSettings.QueueBound;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Causeway's broker on two loops, on a free port of the loopback, open to everybody. */
final class CausewayBroker implements ListenerContext, AutoCloseable {
    private static final int LOOPS = 2;
    private static final long TICK_MILLIS = 10;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final AssignedClientIds assignedClientIds = new AssignedClientIds(new SecureRandom());
    private final List<ShardOf> shards = new ArrayList<>();
    private final Broker broker;
    private final MqttListener listener;

    CausewayBroker(BrokerSettings settings) {
        broker = new Broker(settings, Authorizer.OPEN, ClientEvents.NONE, SessionStore.NONE, System.nanoTime());
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            MqttShard shard = new MqttShard(broker, new LoopMailbox(loop), System.nanoTime());
            shards.add(new ShardOf(loop, shard));
            var unused = loop.scheduleAtFixedRate(
                    () -> shard.advance(System.nanoTime()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            listener = MqttListener.open(new ListenerSettings(ListenerScheme.MQTT, anyPort, null), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The defaults, but for what may wait and be in flight for one client. */
    static BrokerSettings settings(QueueBound queue, int maxInFlight) {
        BrokerSettings defaults = BrokerSettings.DEFAULTS;
        return new BrokerSettings(
                defaults.maxSessions(),
                queue,
                maxInFlight,
                defaults.receiveMaximum(),
                defaults.maxPacketOctets(),
                defaults.topicAliasMaximum(),
                defaults.maxSubscriptions(),
                defaults.sessionExpiryMax(),
                defaults.keepAliveMaxSeconds(),
                defaults.maxRetainedTopics(),
                defaults.maxRetainedOctets());
    }

    int port() {
        return listener.address().getPort();
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
        return Authenticator.ANYBODY;
    }

    @Override
    public Executor authentication() {
        return Runnable::run;
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
        listener.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private record LoopMailbox(EventLoop loop) implements Mailbox {
        @Override
        public void post(LongConsumer work) {
            loop.execute(() -> work.accept(System.nanoTime()));
        }
    }
}

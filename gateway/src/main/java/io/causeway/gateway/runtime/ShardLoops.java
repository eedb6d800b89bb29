package io.causeway.gateway.runtime;

import io.causeway.broker.session.BrokerCensus;
import io.causeway.broker.session.MqttShard;
import io.causeway.dialect.v12.Dialect;
import io.causeway.dialect.v12.DialectSettings;
import io.causeway.dialect.v12.Ingress;
import io.causeway.dialect.v12.IngressCount;
import io.causeway.dialect.v12.PacketSink;
import io.causeway.dialect.v12.PacketTrace;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.Census;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Count;
import io.causeway.session.Directory;
import io.causeway.session.SessionSettings;
import io.causeway.session.Shard;
import io.causeway.store.SessionStore;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All loops of a gateway, and their shards. Safe for many threads. */
final class ShardLoops {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShardLoops.class);
    private static final long ANSWER_TIMEOUT_MILLIS = 1_000;
    private static final long STOP_TIMEOUT_MILLIS = 300;

    private final EventLoopGroup group;
    private final List<ShardLoop> loops = new ArrayList<>();
    private final List<Dialect> dialects = new ArrayList<>();
    private final List<Ingress> ingresses = new ArrayList<>();
    private final List<MqttShard> mqttShards = new ArrayList<>();
    private final Directory directory = new Directory();

    /**
     * What the shards of a gateway have in common.
     *
     * @param loops how many, from 1
     */
    record Settings(
            int loops,
            SessionSettings sessions,
            AdmissionSettings admission,
            ClientPolicy policy,
            DialectSettings dialect) {}

    ShardLoops(Settings settings, GatewayUpstream upstream, SessionStore store, PacketSink sink, PacketTrace trace) {
        group = new MultiThreadIoEventLoopGroup(
                settings.loops(), new DefaultThreadFactory("loop"), NioIoHandler.newFactory());
        long nowNanos = System.nanoTime();
        for (EventExecutor executor : group) {
            ShardLoop loop = new ShardLoop((EventLoop) executor);
            Shard shard = new Shard(
                    settings.sessions(),
                    settings.admission(),
                    settings.policy(),
                    upstream.upstream(),
                    store,
                    loop,
                    directory,
                    settings.loops(),
                    nowNanos);
            loops.add(loop);
            dialects.add(new Dialect(shard, settings.dialect(), sink, trace));
            shard.useEvents(upstream.events());
            upstream.broker().ifPresent(each -> mqttShards.add(beside(shard, new MqttShard(each, loop, nowNanos))));
        }
        for (int i = 0; i < loops.size(); i++) {
            Ingress ingress =
                    new Ingress(settings.dialect(), sink, dialects, dialects.get(i), directory, System.nanoTime());
            ingresses.add(ingress);
            loops.get(i).start(dialects.get(i), ingress, mqttShards.isEmpty() ? null : mqttShards.get(i));
        }
    }

    /** Both share their clients' ids: who connects here ends what it had there. */
    private static MqttShard beside(Shard shard, MqttShard mqtt) {
        shard.useTakeover(mqtt::yieldTo);
        mqtt.useTakeover(shard::yieldTo);
        return mqtt;
    }

    /** The event loop that owns a client, by its id. */
    EventLoop ownerLoop(String clientId) {
        return loops.get(ownerOf(clientId)).eventLoop();
    }

    /** MQTT-SN on the loop that owns a client, by its id. */
    Dialect ownerDialect(String clientId) {
        return dialects.get(ownerOf(clientId));
    }

    /** The MQTT sessions of the loop that owns a client, by its id; only if this process is a broker. */
    MqttShard ownerShard(String clientId) {
        return mqttShards.get(ownerOf(clientId));
    }

    /** One for each loop, if this process is a broker. */
    List<MqttShard> mqttShards() {
        return List.copyOf(mqttShards);
    }

    private int ownerOf(String clientId) {
        return Math.floorMod(clientId.hashCode(), loops.size());
    }

    EventLoopGroup group() {
        return group;
    }

    /** The loop that calls. */
    ShardLoop current() {
        for (ShardLoop loop : loops) {
            if (loop.isCurrent()) {
                return loop;
            }
        }
        throw new IllegalStateException("not called from an event loop of this gateway");
    }

    Shard first() {
        return dialects.get(0).shard();
    }

    int sessions() {
        return directory.sessions();
    }

    long count(Count count) {
        long sum = 0;
        for (Dialect dialect : dialects) {
            sum += dialect.shard().counters().get(count);
        }
        return sum;
    }

    long count(IngressCount count) {
        long sum = 0;
        for (Ingress ingress : ingresses) {
            sum += ingress.get(count);
        }
        return sum;
    }

    /** Asks every shard, and waits for the answer; not for an event loop. Loops that do not answer are left out. */
    Census census() {
        Census sum = Census.EMPTY;
        for (Census each : askShards(Shard::census)) {
            sum = sum.plus(each);
        }
        return sum;
    }

    /** As {@link #census}, of the MQTT sessions. */
    BrokerCensus brokerCensus() {
        BrokerCensus sum = BrokerCensus.EMPTY;
        for (BrokerCensus each : askAll((loop, nowNanos) -> loop.brokerCensus())) {
            sum = sum.plus(each);
        }
        return sum;
    }

    /** Whether every loop still does what it is asked to, and looks at its timers; waits for the answers. */
    boolean areAlive() {
        List<Boolean> ticking = askAll((loop, nowNanos) -> loop.isTicking(nowNanos));
        return ticking.size() == loops.size() && !ticking.contains(false);
    }

    /** Waits until all that was posted to the loops, and what they post to each other for it, is done. */
    void settle() {
        askAll((loop, nowNanos) -> true);
        askAll((loop, nowNanos) -> true);
    }

    /** Has restored sessions go on with what they had under way. */
    void resume() {
        dialects.forEach(each -> each.shard().mailbox().post(each.shard()::resume));
    }

    void usePolicy(ClientPolicy policy) {
        dialects.forEach(
                each -> each.shard().mailbox().post(nowNanos -> each.shard().usePolicy(policy)));
    }

    void close() {
        group.shutdownGracefully(0, STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP_TIMEOUT_MILLIS);
    }

    private <T> List<T> askShards(Function<Shard, T> question) {
        return askAll((loop, nowNanos) -> question.apply(loop.shard()));
    }

    private <T> List<T> askAll(Question<T> question) {
        List<Future<T>> asked = new ArrayList<>();
        for (ShardLoop loop : loops) {
            asked.add(loop.ask(nowNanos -> question.ask(loop, nowNanos)));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> each : asked) {
            try {
                answers.add(each.get(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException | ExecutionException e) {
                LOGGER.error("an event loop does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answers;
            }
        }
        return answers;
    }

    /** Asked of each loop on its own thread. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(ShardLoop loop, long nowNanos);
    }
}

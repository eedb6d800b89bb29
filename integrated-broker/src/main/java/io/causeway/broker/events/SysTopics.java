package io.causeway.broker.events;

import io.causeway.broker.session.Broker;
import io.causeway.broker.session.BrokerCensus;
import io.causeway.broker.session.BrokerCount;
import io.causeway.broker.session.MqttShard;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker knows of itself, as retained messages below {@code $SYS/broker/}, named as mosquitto names them where
 * they mean the same. A value is published when it has changed.
 *
 * <p>Owned by the loop of the first shard, but for {@link #update}, which is for any thread.
 */
public final class SysTopics {
    private static final Logger LOGGER = LoggerFactory.getLogger(SysTopics.class);

    private static final String ROOT = "$SYS/broker/";
    /** Not a client: no client id is empty. */
    private static final String PUBLISHER = "";

    private static final List<BrokerCount> DROPS = List.of(
            BrokerCount.DROPPED_QUEUE_FULL,
            BrokerCount.DROPPED_OFFLINE,
            BrokerCount.DROPPED_TOO_LARGE,
            BrokerCount.DROPPED_EXPIRED,
            BrokerCount.DROPPED_REJECTED,
            BrokerCount.DROPPED_ACCESS,
            BrokerCount.DROPPED_SESSION_ENDED);

    private final Broker broker;
    private final List<MqttShard> shards;
    private final String version;
    private final long startNanos;
    private final List<Load> loads;
    private final Map<String, String> published = new HashMap<>();
    private long updatedNanos;
    private int mostConnected;

    /**
     * @param shards  all of the broker
     * @param version of the program, as people should read it
     */
    public SysTopics(Broker broker, List<MqttShard> shards, String version, long nowNanos) {
        this.broker = broker;
        this.shards = List.copyOf(shards);
        this.version = version;
        this.startNanos = nowNanos;
        this.updatedNanos = nowNanos;
        this.loads = List.of(
                load("messages/received", BrokerCount.PACKETS_IN),
                load("messages/sent", BrokerCount.PACKETS_OUT),
                load("publish/received", BrokerCount.MESSAGES_IN),
                load("publish/sent", BrokerCount.MESSAGES_OUT),
                new Load("publish/dropped", this::dropped),
                load("bytes/received", BrokerCount.OCTETS_IN),
                load("bytes/sent", BrokerCount.OCTETS_OUT),
                load("sockets", BrokerCount.SOCKETS_ACCEPTED),
                load("connections", BrokerCount.CONNECTS_ACCEPTED));
    }

    /** Asks all shards what they have, and publishes the answers when the last has come. To be called regularly. */
    public void update() {
        AtomicReference<BrokerCensus> sum = new AtomicReference<>(BrokerCensus.EMPTY);
        AtomicInteger unanswered = new AtomicInteger(shards.size());
        for (MqttShard shard : shards) {
            shard.mailbox().post(unused -> {
                BrokerCensus own = shard.census();
                sum.updateAndGet(others -> others.plus(own));
                if (unanswered.decrementAndGet() == 0) {
                    shards.get(0).mailbox().post(nowNanos -> publish(Objects.requireNonNull(sum.get()), nowNanos));
                }
            });
        }
    }

    private void publish(BrokerCensus census, long nowNanos) {
        int retained = Math.max(0, broker.retained().size() - published.size()); // ours are of no interest
        say("version", version);
        say("uptime", TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos) + " seconds");
        sayClients(census);
        say("messages/received", count(BrokerCount.PACKETS_IN));
        say("messages/sent", count(BrokerCount.PACKETS_OUT));
        say("publish/messages/received", count(BrokerCount.MESSAGES_IN));
        say("publish/messages/sent", count(BrokerCount.MESSAGES_OUT));
        say("publish/messages/dropped", Long.toString(dropped()));
        say("bytes/received", count(BrokerCount.OCTETS_IN));
        say("bytes/sent", count(BrokerCount.OCTETS_OUT));
        say("retained messages/count", Integer.toString(retained));
        say("subscriptions/count", Integer.toString(census.subscriptions()));
        say("store/messages/count", Long.toString(retained + census.queuedMessages() + census.inFlight()));
        long elapsedNanos = nowNanos - updatedNanos;
        if (elapsedNanos > 0) {
            loads.forEach(load -> load.update(elapsedNanos, this::say));
            updatedNanos = nowNanos;
        }
    }

    private void sayClients(BrokerCensus census) {
        mostConnected = Math.max(mostConnected, census.connected());
        say("clients/total", Integer.toString(census.connected() + census.disconnected()));
        say("clients/connected", Integer.toString(census.connected()));
        say("clients/disconnected", Integer.toString(census.disconnected()));
        say("clients/maximum", Integer.toString(mostConnected));
        say("clients/expired", count(BrokerCount.SESSIONS_EXPIRED));
    }

    private void say(String name, String value) {
        if (value.equals(published.put(name, value))) {
            return;
        }
        ApplicationMessage message = new ApplicationMessage(ROOT + name, Octets.utf8(value), Qos.AT_MOST_ONCE, true);
        broker.upstream().publish(PUBLISHER, message, new PublishCallback() {
            @Override
            public void onAccepted() {}

            @Override
            public void onRefused(Refusal refusal) {
                LOGGER.debug("{} is not published: too many retained messages", message.topic());
            }
        });
    }

    private Load load(String name, BrokerCount count) {
        return new Load(name, () -> broker.counters().get(count));
    }

    private long dropped() {
        return DROPS.stream().mapToLong(broker.counters()::get).sum();
    }

    private String count(BrokerCount count) {
        return Long.toString(broker.counters().get(count));
    }
}

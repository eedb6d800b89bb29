package io.causeway.gateway.runtime;

import io.causeway.broker.session.MqttShard;
import io.causeway.dialect.v12.Dialect;
import io.causeway.dialect.v12.ForwardedIdentity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.KeptAddresses;
import io.causeway.session.Mailbox;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredWill;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was kept to who takes it up: sessions to the loops that own them, messages to the upstream. Owned by the
 * thread that loads, which waits for the loops when they cannot follow, so that little is in memory twice.
 */
final class Restoring implements Contents {
    /** On their way to the loops at the same time. */
    private static final int MOST_UNDER_WAY = 256;

    private final ShardLoops loops;
    private final Links links;
    private final GatewayUpstream upstream;
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private final KeptAddresses addresses = new KeptAddresses();
    private final List<StoredWill> wills = new ArrayList<>();
    private long sensors;
    private long unreachable;
    private long mqtt;
    private long retained;
    private long arrivals;
    private long leftAlone;

    Restoring(ShardLoops loops, Links links, GatewayUpstream upstream) {
        this.loops = loops;
        this.links = links;
        this.upstream = upstream;
    }

    @Override
    public void onSession(KeptSession kept) {
        switch (kept.values().protocol()) {
            case MQTT_SN -> {
                if (addresses.isFirstAt(kept)) {
                    restoreSensor(kept, addressOf(kept));
                }
            }
            case MQTT -> restoreMqtt(kept);
        }
    }

    private void restoreSensor(KeptSession kept, @Nullable NetworkIdentity address) {
        Dialect owner = loops.ownerDialect(kept.values().clientId());
        post(owner.shard().mailbox(), nowNanos -> owner.restore(kept, address, nowNanos));
        sensors++;
    }

    private @Nullable NetworkIdentity addressOf(KeptSession kept) {
        String stored = kept.values().address();
        if (stored.isEmpty()) {
            return null;
        }
        Optional<NetworkIdentity> address = ForwardedIdentity.find(stored, links::find);
        if (address.isEmpty()) {
            unreachable++;
        }
        return address.orElse(null);
    }

    private void restoreMqtt(KeptSession kept) {
        if (upstream.broker().isEmpty()) {
            leftAlone++;
            return;
        }
        MqttShard owner = loops.ownerShard(kept.values().clientId());
        post(owner.mailbox(), nowNanos -> owner.restore(kept, nowNanos));
        mqtt++;
    }

    @Override
    public void onRetained(ApplicationMessage message) {
        upstream.broker()
                .ifPresentOrElse(
                        broker -> {
                            broker.restore(message);
                            retained++;
                        },
                        () -> leftAlone++);
    }

    @Override
    public void onWill(StoredWill will) {
        wills.add(will);
    }

    @Override
    public void onArrival(StoredArrival arrival) {
        if (upstream.restore(arrival)) {
            arrivals++;
        } else {
            leftAlone++;
        }
    }

    private void post(Mailbox owner, LongConsumer work) {
        room.acquireUninterruptibly();
        owner.post(nowNanos -> {
            try {
                work.accept(nowNanos);
            } finally {
                room.release();
            }
        });
    }

    /** Waits until the loops have taken up all of it; wills go last, so that every session gets those it is to get. */
    Restored finish() {
        settle();
        for (KeptSession each : addresses.contenders()) {
            restoreSensor(each, addresses.takesAddress(each) ? addressOf(each) : null);
            settle();
        }
        wills.forEach(this::restoreWill);
        settle();
        return new Restored(sensors, unreachable, mqtt, retained, wills.size(), arrivals, leftAlone);
    }

    private void restoreWill(StoredWill will) {
        if (upstream.broker().isPresent()) {
            MqttShard owner = loops.ownerShard(will.clientId());
            post(owner.mailbox(), nowNanos -> owner.restore(will));
        } else {
            Shard owner = loops.ownerDialect(will.clientId()).shard();
            post(owner.mailbox(), nowNanos -> owner.restore(will));
        }
    }

    private void settle() {
        room.acquireUninterruptibly(MOST_UNDER_WAY);
        room.release(MOST_UNDER_WAY);
    }
}

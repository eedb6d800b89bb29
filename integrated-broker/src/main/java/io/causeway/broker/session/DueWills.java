package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import io.causeway.store.StoredWill;

/**
 * Publishes wills that are due. One at QoS 1 or 2 is kept from the end of its session, or of its delay, until all who are
 * to get it have it: a crash in between neither loses nor doubles it. Owned by the loop of its {@link MqttShard}.
 */
final class DueWills {
    private final MqttShard shard;
    private final ChangeLog changes;

    DueWills(MqttShard shard) {
        this.shard = shard;
        this.changes = shard.changes();
    }

    void publish(Identity client, ApplicationMessage message) {
        if (!changes.isDurable() || message.qos() == Qos.AT_MOST_ONCE) {
            shard.broker().keepingUpstream().deliver(client.clientId(), message, null, false, () -> {});
            return;
        }
        StoredWill will = new StoredWill(changes.nextId(), client.clientId(), client.user(), message);
        changes.add(new Change.PutWill(will));
        publish(will);
    }

    /** One that an earlier life of the broker has kept, unless the client may not publish it any more. */
    void restore(StoredWill will) {
        Identity client = new Identity(will.clientId(), will.user());
        if (!shard.broker().mayPublish(client, will.message().topic())) {
            shard.count(BrokerCount.WILLS_DROPPED);
            changes.add(new Change.RemoveWill(will.id()));
            return;
        }
        publish(will);
    }

    private void publish(StoredWill will) {
        Changes together = changes.begin();
        shard.broker()
                .keepingUpstream()
                .deliver(
                        will.clientId(),
                        will.message(),
                        together,
                        false,
                        () -> shard.mailbox().post(nowNanos -> {
                            together.add(new Change.RemoveWill(will.id()));
                            changes.submit(together);
                        }));
    }
}

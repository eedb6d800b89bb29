package io.causeway.session;

import io.causeway.harness.KeptContents;
import io.causeway.store.ChangeLog;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/** A session that has nothing but its record, a port, and a store that can be asked what it has of the session. */
final class RecordingHost implements SessionRecord.Host {
    final MemorySessionStore store = new MemorySessionStore();
    final RecordingPort port = new RecordingPort();
    final Deque<LongConsumer> posted = new ArrayDeque<>();
    final ChangeLog changes = new ChangeLog(store, posted::add);
    final SessionRecord record = SessionRecord.of(this, changes, null);
    int lastPacketId;
    private final long now;

    RecordingHost(long nowNanos) {
        this.now = nowNanos;
        record.touch();
        settle();
    }

    /** Does what was posted to the loop. */
    void settle() {
        while (!posted.isEmpty()) {
            posted.remove().accept(now);
        }
    }

    /** What the client was told since it was last asked. */
    List<String> said() {
        settle();
        return port.said();
    }

    /** What would be there after a crash. */
    KeptSession kept() {
        settle();
        return KeptContents.of(store).sessions().get(0);
    }

    @Override
    public ClientPort port() {
        return port;
    }

    @Override
    public void post(LongConsumer work) {
        posted.add(work);
    }

    @Override
    public StoredSession toStored(long id) {
        return new StoredSession(
                id,
                StoredSession.Protocol.MQTT_SN,
                "client",
                "",
                StoredSession.State.ACTIVE,
                true,
                "",
                Duration.ZERO,
                Duration.ZERO,
                0,
                now,
                null,
                0,
                lastPacketId,
                -1);
    }
}

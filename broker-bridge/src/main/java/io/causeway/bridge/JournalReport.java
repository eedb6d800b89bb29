package io.causeway.bridge;

import io.causeway.session.Printable;
import io.causeway.store.StoreUnreadableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log tells of a journal: when it begins to fill, how it stands, when it is empty again. Owned by the worker. */
final class JournalReport {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReport.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    /** Without a refusal, before it is said that there is room again: a journal that drains is full now and then. */
    private static final long CALM_NANOS = Duration.ofSeconds(10).toNanos();

    private final String link;
    private final Episode refusing = new Episode();
    private final Episode unreadable = new Episode();
    private final Episode losing = new Episode();
    private int refusedRule;
    private long refused;
    private long refusedNanos;
    private boolean filling;
    private boolean draining;
    private long drainingSinceNanos;
    private long drained;
    private long nextNanos;
    private long nextDropNanos;

    JournalReport(String link, long nowNanos) {
        this.link = link;
        this.nextNanos = nowNanos + INTERVAL_NANOS;
        this.nextDropNanos = nowNanos;
    }

    void loaded(int messages, long octets) {
        if (messages > 0) {
            LOG.info("{}: the journal holds {} messages ({} octets) of an earlier life", link, messages, octets);
        }
    }

    /** A message was added to the backlog while the broker is away. */
    void onFilling(long nowNanos) {
        if (!filling) {
            filling = true;
            nextNanos = nowNanos + INTERVAL_NANOS;
            LOG.info("{}: the broker is away, messages go to the journal", link);
        }
    }

    void onConnected(int backlog, long nowNanos) {
        filling = false;
        draining = backlog > 0;
        drained = 0;
        drainingSinceNanos = nowNanos;
        if (draining) {
            LOG.info("{}: {} messages of the journal are being handed on", link, backlog);
        }
    }

    void onDrained(int backlog, long nowNanos) {
        drained++;
        if (draining && backlog == 0) {
            draining = false;
            long millis = (nowNanos - drainingSinceNanos) / 1_000_000;
            LOG.info("{}: the journal is drained, {} messages in {} ms", link, drained, millis);
        }
    }

    void onLost() {
        draining = false;
    }

    /** Of many that are dropped one is named. */
    boolean isDropDue(long nowNanos) {
        if (nowNanos - nextDropNanos < 0) {
            return false;
        }
        nextDropNanos = nowNanos + INTERVAL_NANOS;
        return true;
    }

    void onDropped(String why, String topic) {
        LOG.warn(
                "{}: a message to '{}' is dropped from the journal: {}; others within a minute are only counted",
                link,
                Printable.of(topic),
                why);
    }

    /**
     * A message was refused for want of room.
     *
     * @param rule  under which it fell
     * @param bound that is reached
     */
    void onRefused(int rule, String bound, long nowNanos) {
        refusedRule = rule;
        refused = refusing.isLasting() ? refused + 1 : 1;
        refusedNanos = nowNanos;
        if (refusing.isToTell(nowNanos)) {
            LOG.warn("{}: the journal refuses new messages: {} is reached", link, bound);
        }
    }

    boolean isRefusing() {
        return refusing.isLasting();
    }

    /** Under which the latest fell that was refused. */
    int refusedRule() {
        return refusedRule;
    }

    /** There is room for a small one at least. */
    void onRoom(long nowNanos) {
        if (nowNanos - refusedNanos >= CALM_NANOS && refusing.isEndToTell()) {
            LOG.info("{}: the journal takes new messages again, {} were refused", link, refused);
        }
    }

    void onLostInStore(long sequence, long nowNanos) {
        if (losing.isToTell(nowNanos)) {
            LOG.error(
                    "{}: message {} of the journal is lost, the store cannot give it back; others within a minute are"
                            + " only counted",
                    link,
                    sequence);
        }
    }

    void onUnreadable(StoreUnreadableException failure, long nowNanos) {
        if (unreadable.isToTell(nowNanos)) {
            LOG.error("{}: the journal cannot be read, what waits there is not sent: {}", link, failure.getMessage());
        }
    }

    void onReadable() {
        if (unreadable.isEndToTell()) {
            LOG.info("{}: the journal can be read again", link);
        }
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    /** How it stands, while there is a backlog. */
    void onTime(int messages, long octets, long oldestSinceNanos, long nowNanos) {
        nextNanos = nowNanos + INTERVAL_NANOS;
        LOG.info(
                "{}: the journal holds {} messages ({} octets), the oldest for {} s",
                link,
                messages,
                octets,
                (nowNanos - oldestSinceNanos) / 1_000_000_000L);
    }
}

package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.AggregatingUpstream;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.store.StoreUnreadableException;
import io.causeway.store.sqlite.SqliteSessionStore;
import io.causeway.store.sqlite.StoreException;
import io.causeway.store.sqlite.StoreSettings;
import io.causeway.store.sqlite.StoreStatistics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What outlives a gateway: the store in its data directory, if it has one. Safe for many threads. */
final class Storage {
    private static final Logger LOGGER = LoggerFactory.getLogger(Storage.class);
    private static final long SETTLE_MILLIS = 400;
    private static final double SECONDS_PER_NANO = 1e-9;

    private final @Nullable SqliteSessionStore onDisk;
    private volatile boolean restoring;
    private volatile Restored restored = Restored.NOTHING;

    private Storage(@Nullable SqliteSessionStore onDisk) {
        this.onDisk = onDisk;
        this.restoring = onDisk != null;
    }

    /** @throws StartException if the data directory cannot be used, or is another gateway's */
    static Storage open(GatewayConfig config) throws StartException {
        Path directory = config.dataDir();
        if (directory == null) {
            return new Storage(null);
        }
        StoreSettings settings = new StoreSettings(
                config.store().commitInterval(), config.store().commitChanges());
        try {
            return new Storage(SqliteSessionStore.open(directory, settings, System::nanoTime, Clock.systemUTC()));
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    SessionStore store() {
        return onDisk == null ? SessionStore.NONE : onDisk;
    }

    /**
     * Has everybody take up what is kept; before the first link is open and the upstream starts. Blocks.
     *
     * @throws StoreUnreadableException if it turns out to be damaged
     */
    void restore(ShardLoops loops, Links links, GatewayUpstream upstream) {
        if (onDisk == null) {
            return;
        }
        long beganNanos = System.nanoTime();
        Restoring contents = new Restoring(loops, links, upstream);
        onDisk.load(contents);
        restored = contents.finish();
        restoring = false;
        LOGGER.info(
                "restored {}{} in {} ms",
                restored,
                notes().stream().map(note -> "; " + note).collect(Collectors.joining()),
                Duration.ofNanos(System.nanoTime() - beganNanos).toMillis());
    }

    /**
     * Tells the operator of what waits in journals that nobody sends any more. Blocks.
     *
     * @throws StoreUnreadableException if the store turns out to be damaged
     */
    void warnOfLeftJournals(GatewayConfig config) {
        if (onDisk == null) {
            return;
        }
        onDisk.journals().forEach((link, messages) -> {
            boolean drained =
                    config.bridges().stream().anyMatch(each -> each.connection().drains(link))
                            || (config.upstream() instanceof AggregatingUpstream upstream && upstream.drains(link));
            if (!drained) {
                LOGGER.warn(
                        "{} messages wait in the journal of '{}', which is no connection with a journal any more: give a"
                                + " connection that client-id and a journal again, and they are sent",
                        messages,
                        link);
            }
        });
    }

    /** What an operator should know, in words, though clients are served. */
    List<String> notes() {
        int damaged = onDisk == null ? 0 : onDisk.damagedRows();
        return damaged == 0
                ? List.of()
                : List.of("rows of the store that cannot be read and are left out: " + damaged
                        + "; 'causeway store check' names them");
    }

    /** What keeps clients from being served, in words; nothing if all is well. */
    List<String> troubles() {
        if (restoring) {
            return List.of("what was kept is being taken up");
        }
        return store().trouble().stream().toList();
    }

    void registerMetrics(Metrics metrics) {
        SqliteSessionStore store = onDisk;
        if (store == null) {
            return;
        }
        metrics.gauges("store_restored", "what this gateway took up when it started", "kind", () -> restored.byKind());
        Recent<StoreStatistics> statistics = new Recent<>(store.statistics(), store::statistics);
        metrics.gauge("store_taking", "1 while what is to be kept can be", () -> store.isTaking() ? 1 : 0);
        metrics.counter(
                "store_commits",
                "commits that reached the disk",
                () -> statistics.get().commits());
        metrics.counter(
                "store_changes",
                "changes written by them",
                () -> statistics.get().changes());
        metrics.counter(
                "store_failures",
                "attempts to commit that failed",
                () -> statistics.get().failures());
        metrics.counter("store_damaged_rows", "rows that cannot be read and were left out", store::damagedRows);
        metrics.counter(
                "store_swept",
                "rows removed because they had expired",
                () -> statistics.get().swept());
        metrics.gauge(
                "store_last_commit_seconds",
                "how long the last commit took",
                () -> seconds(statistics.get().lastCommit()));
        metrics.gauge(
                "store_longest_commit_seconds",
                "how long the longest commit took",
                () -> seconds(statistics.get().longestCommit()));
        metrics.gauge(
                "store_waiting_changes",
                "changes that are not on the disk yet",
                () -> statistics.get().waitingChanges());
        metrics.gauge(
                "store_waiting_octets",
                "what they weigh",
                () -> statistics.get().waitingOctets());
        metrics.gauge(
                "store_file_octets", "size of the file", () -> statistics.get().databaseOctets());
        metrics.gauge(
                "store_log_octets",
                "size of its write-ahead log",
                () -> statistics.get().logOctets());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * SECONDS_PER_NANO;
    }

    /** Waits a moment until all is durable that was submitted, so that the answers that wait for it can go out. */
    void settle() {
        if (onDisk == null) {
            return;
        }
        CountDownLatch durable = new CountDownLatch(1);
        Changes last = onDisk.begin();
        last.whenDurable(durable::countDown);
        last.submit();
        try {
            if (!durable.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOGGER.debug("the disk takes its time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes all durable that was submitted, as far as it can be. Blocks. */
    void close() {
        store().close();
    }
}

package io.causeway.bridge;

import io.causeway.store.StoreUnreadableException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what an earlier life has left in the journal read, and read again until that succeeds: before, it is not known what
 * goes before what, nor which packet ids are in use. Owned by the worker.
 */
final class JournalStart {
    private static final Logger LOG = LoggerFactory.getLogger(JournalStart.class);
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final String link;
    private final LongConsumer load;
    private final Episode unreadable = new Episode();
    private boolean done;
    private long nextNanos;
    private volatile String trouble = "";

    /**
     * @param link as the log names it
     * @param load reads, given the time; blocks
     */
    JournalStart(String link, LongConsumer load) {
        this.link = link;
        this.load = load;
    }

    /** Whether all is read; reads if it is time for that. Blocks. */
    boolean isDone(long nowNanos) {
        if (done || (unreadable.isLasting() && nowNanos - nextNanos < 0)) {
            return done;
        }
        try {
            load.accept(nowNanos);
            done = true;
            trouble = "";
            if (unreadable.isEndToTell()) {
                LOG.info("{}: the journal can be read again", link);
            }
        } catch (StoreUnreadableException failure) {
            nextNanos = nowNanos + RETRY_NANOS;
            trouble = "the journal cannot be read: " + failure.getMessage();
            if (unreadable.isToTell(nowNanos)) {
                LOG.error("{}: not connecting, the journal cannot be read: {}", link, failure.getMessage());
            }
        }
        return done;
    }

    /** Why it cannot be read, in words; empty if it can. Any thread. */
    String trouble() {
        return trouble;
    }
}

package io.causeway.broker.listen;

import io.causeway.session.Printable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Says what went wrong with strangers once per while, and then how often it did not say so: ten thousand of them must
 * not drown the log. Safe for many threads.
 */
final class OccasionalLog {
    private static final long WHILE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger logger;
    private final AtomicLong nextLineNanos;
    private final LongAdder unsaid = new LongAdder();

    OccasionalLog(Logger logger, long nowNanos) {
        this.logger = logger;
        nextLineNanos = new AtomicLong(nowNanos);
    }

    void warn(String what, String cause, long nowNanos) {
        long next = nextLineNanos.get();
        if (nowNanos - next < 0 || !nextLineNanos.compareAndSet(next, nowNanos + WHILE_NANOS)) {
            unsaid.increment();
            return;
        }
        long before = unsaid.sumThenReset();
        String others = before == 0 ? "" : " (and " + before + " more like it before)";
        logger.warn("{} cause={}{}", what, Printable.of(cause), others);
    }
}

package io.causeway.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One line per event of a client: what, who, where, why. Ten thousand sensors that reconnect at once must not drown
 * the log or slow the loop, so that only so many lines are written in a second, and then how many were not. Owned by
 * the shard's loop. The address is whatever tells people where the client is.
 */
public final class EventLog {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Logger logger;
    private final int linesPerSecond;
    private long secondBeganNanos;
    private int linesThisSecond;
    private long suppressed;

    public EventLog(Logger logger, int linesPerSecond, long nowNanos) {
        this.logger = logger;
        this.linesPerSecond = linesPerSecond;
        this.secondBeganNanos = nowNanos;
    }

    /** What happens all day: a client comes, goes, moves. */
    public void event(long nowNanos, String what, String clientId, @Nullable Object where, String why) {
        if (mayWrite(nowNanos)) {
            String cause = why.isEmpty() ? "" : " cause=" + Printable.of(why);
            logger.info("{} client={} address={}{}", what, Printable.of(clientId), where, cause);
        }
    }

    /** What somebody should know: a client is lost, a message is dropped. */
    public void warning(long nowNanos, String what, String clientId, @Nullable Object where, String why) {
        if (mayWrite(nowNanos)) {
            logger.warn("{} client={} address={} cause={}", what, Printable.of(clientId), where, Printable.of(why));
        }
    }

    /** Our own fault: always written. */
    public void failure(String clientId, @Nullable Object where, RuntimeException cause) {
        logger.error("session failed client={} address={}", Printable.of(clientId), where, cause);
    }

    /** Says how many events of the second that is over were not written. To be called now and then. */
    public void sumUp(long nowNanos) {
        if (nowNanos - secondBeganNanos < SECOND_NANOS) {
            return;
        }
        if (suppressed > 0) {
            logger.info("{} more events of clients were not logged one by one", suppressed);
        }
        secondBeganNanos = nowNanos;
        linesThisSecond = 0;
        suppressed = 0;
    }

    private boolean mayWrite(long nowNanos) {
        sumUp(nowNanos);
        if (linesThisSecond < linesPerSecond) {
            linesThisSecond++;
            return true;
        }
        suppressed++;
        return false;
    }
}

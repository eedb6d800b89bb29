package io.causeway.store.sqlite;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The file's own time, by which what is in it ages, in milliseconds. In an open store it goes on with
 * {@code System.nanoTime()}, whatever the clock on the wall is set to. From one process to the next as much of it passes as
 * the clock on the wall says, but never less than nothing, and nothing if one of them had a clock that was not set yet. So
 * nothing expires because a machine without a battery for its clock starts in 1970 and is set right later, nor is anything
 * kept for ever. Immutable.
 */
final class StoreClock {
    /** A clock that shows an earlier time has not been set: this program is not older. */
    private static final long EARLIEST_MILLIS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final LongSupplier nanoTime;
    private final Clock wall;
    private final Moment start;

    private StoreClock(LongSupplier nanoTime, Clock wall, Moment start) {
        this.nanoTime = nanoTime;
        this.wall = wall;
        this.start = start;
    }

    /** @param last that was written down in the file, or null if it is a new one, whose time begins as the wall clock's */
    static StoreClock start(LongSupplier nanoTime, Clock wall, @Nullable Anchor last) {
        long wallMillis = wall.millis();
        long fileMillis = last == null ? wallMillis : last.fileMillis() + passedMillis(last.wallMillis(), wallMillis);
        return new StoreClock(nanoTime, wall, new Moment(nanoTime.getAsLong(), fileMillis));
    }

    Moment now() {
        long nanos = nanoTime.getAsLong();
        return new Moment(nanos, start.toFileMillis(nanos));
    }

    Anchor anchor() {
        return new Anchor(now().fileMillis(), wall.millis());
    }

    private static long passedMillis(long from, long to) {
        boolean set = from >= EARLIEST_MILLIS && to >= EARLIEST_MILLIS;
        return set ? Math.max(0, to - from) : 0;
    }
}

package io.causeway.bridge;

import io.causeway.routing.TopicFilter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers filters on whose SUBSCRIBE the broker ended the connection: some do so instead of refusing what a client is
 * not authorized for. They are forgotten after an hour: what was not allowed then may be now. Owned by
 * {@link UpstreamFilters}.
 */
final class CutWatch {
    private static final int PROOF = 3;
    private static final int MOST_FILTERS = 1_000;

    private static final long REMEMBERED_NANOS = Duration.ofHours(1).toNanos();

    private record Cuts(int count, long lastNanos) {
        boolean isOver(long nowNanos) {
            return nowNanos - lastNanos >= REMEMBERED_NANOS;
        }
    }

    private final Map<TopicFilter, Cuts> cuts = new HashMap<>();

    void onCut(TopicFilter filter, long nowNanos) {
        cuts.values().removeIf(each -> each.isOver(nowNanos));
        Cuts former = cuts.get(filter);
        if (former != null || cuts.size() < MOST_FILTERS) {
            cuts.put(filter, new Cuts(former == null ? 1 : former.count() + 1, nowNanos));
        }
    }

    void onAnswered(TopicFilter filter) {
        cuts.remove(filter);
    }

    /** Whether it is not to be tried now. */
    boolean isBarred(TopicFilter filter, long nowNanos) {
        Cuts former = cuts.get(filter);
        return former != null && former.count() >= PROOF && !former.isOver(nowNanos);
    }
}

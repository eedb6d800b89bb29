package io.causeway.bridge;

import io.causeway.routing.TopicFilter;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers filters on whose SUBSCRIBE the broker ended the connection: some do so instead of refusing what a client is
 * not authorized for. Owned by {@link UpstreamFilters}.
 */
final class CutWatch {
    private static final int PROOF = 3;
    private static final int MOST_FILTERS = 1_000;

    private final Map<TopicFilter, Integer> cuts = new HashMap<>();

    void onCut(TopicFilter filter) {
        if (cuts.size() < MOST_FILTERS || cuts.containsKey(filter)) {
            cuts.merge(filter, 1, Integer::sum);
        }
    }

    void onAnswered(TopicFilter filter) {
        cuts.remove(filter);
    }

    /** Whether it is to be tried no more. */
    boolean isBarred(TopicFilter filter) {
        return cuts.getOrDefault(filter, 0) >= PROOF;
    }
}

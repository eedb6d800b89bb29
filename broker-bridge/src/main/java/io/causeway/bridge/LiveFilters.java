package io.causeway.bridge;

import io.causeway.routing.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The filters that we have at the broker or have asked for, and how they cover each other. See {@link UpstreamFilters}. */
final class LiveFilters {
    private final Map<TopicFilter, LiveFilter> byFilter = new LinkedHashMap<>();
    private final Set<LiveFilter> wildcards = new LinkedHashSet<>();
    private final Set<LiveFilter> leaving = new LinkedHashSet<>();

    LiveFilter add(TopicFilter filter) {
        LiveFilter added = new LiveFilter(filter);
        byFilter.put(filter, added);
        if (filter.hasWildcards()) {
            wildcards.add(added);
        }
        return added;
    }

    void remove(LiveFilter filter) {
        byFilter.remove(filter.filter());
        wildcards.remove(filter);
        leaving.remove(filter);
    }

    List<LiveFilter> all() {
        return List.copyOf(byFilter.values());
    }

    Optional<LiveFilter> get(TopicFilter filter) {
        return Optional.ofNullable(byFilter.get(filter));
    }

    /** The filter itself, or else one that stays and is wider. */
    Optional<LiveFilter> coverOf(TopicFilter filter) {
        return get(filter)
                .or(() -> wildcards.stream()
                        .filter(wider ->
                                !leaving.contains(wider) && wider.filter().covers(filter))
                        .findFirst());
    }

    /** Whether another one that stands and stays covers the filter. */
    boolean isRedundant(LiveFilter filter) {
        return wildcards.stream()
                .anyMatch(wider -> wider != filter
                        && wider.isStanding()
                        && !leaving.contains(wider)
                        && wider.filter().covers(filter.filter()));
    }

    List<LiveFilter> coveredBy(LiveFilter wider) {
        return byFilter.values().stream()
                .filter(filter -> filter != wider && wider.filter().covers(filter.filter()))
                .toList();
    }

    /** Others that match some of the same topics. */
    List<LiveFilter> overlapping(LiveFilter filter) {
        Collection<LiveFilter> others = filter.filter().hasWildcards() ? byFilter.values() : wildcards;
        return others.stream()
                .filter(other -> other != filter && FilterOverlap.meet(other.filter(), filter.filter()))
                .toList();
    }

    /** Adds what covers those filters that nothing covers yet. */
    List<LiveFilter> adopt(Collection<TopicFilter> filters) {
        List<TopicFilter> orphans =
                filters.stream().filter(each -> coverOf(each).isEmpty()).toList();
        List<LiveFilter> added = new ArrayList<>();
        for (TopicFilter orphan : orphans) {
            if (orphans.stream().noneMatch(other -> !other.equals(orphan) && other.covers(orphan))) {
                added.add(add(orphan));
            }
        }
        return added;
    }

    /** Nobody wants this one itself any more; it stays until those it serves are served by others. */
    void leave(LiveFilter filter) {
        leaving.add(filter);
    }

    void stay(LiveFilter filter) {
        leaving.remove(filter);
    }

    boolean isLeaving(LiveFilter filter) {
        return leaving.contains(filter);
    }

    List<LiveFilter> leaving() {
        return List.copyOf(leaving);
    }
}

package io.causeway.access.file;

import io.causeway.access.Identity;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The filter of a rule: a topic filter of which levels may stand for the client's own names. As everywhere in MQTT, a
 * leading wildcard does not mean topics that begin with '$', and neither does a leading name of the client. Immutable;
 * asked for every message, so nothing is allocated.
 */
final class RuleFilter {
    private final Level[] levels;
    /** What every topic begins with that this means: most rules are about others, and that is quickly seen. */
    private final String beginning;

    private final boolean meansDollarTopics;

    /** @param levels at least one; {@link Level.Wildcard#REST} only as the last */
    RuleFilter(Level... levels) {
        this.levels = levels.clone();
        this.beginning = Arrays.stream(levels)
                .takeWhile(Level.Named.class::isInstance)
                .map(level -> ((Level.Named) level).name())
                .collect(Collectors.joining("/"));
        this.meansDollarTopics =
                levels[0] instanceof Level.Named first && first.name().startsWith("$");
    }

    /** Whether this means the topic, or every topic that the filter means. */
    boolean covers(String topicOrFilter, Identity client) {
        if (!topicOrFilter.startsWith(beginning) || meansDollarTopics != isDollar(topicOrFilter)) {
            return false;
        }
        int from = 0;
        for (Level level : levels) {
            if (level == Level.Wildcard.REST) {
                return true;
            }
            if (from > topicOrFilter.length()) {
                return false;
            }
            int to = levelEnd(topicOrFilter, from);
            if (!level.covers(topicOrFilter, from, to, client)) {
                return false;
            }
            from = to + 1;
        }
        return from > topicOrFilter.length();
    }

    /** Whether there is a topic that both this and the filter of a subscription mean. */
    boolean meets(String filter, Identity client) {
        if (meansDollarTopics != isDollar(filter) || !isUsableBy(client)) {
            return false;
        }
        int from = 0;
        for (Level level : levels) {
            if (level == Level.Wildcard.REST) {
                return true;
            }
            if (from > filter.length()) {
                return false;
            }
            int to = levelEnd(filter, from);
            if (Level.Wildcard.REST.isAt(filter, from, to)) {
                return true;
            }
            if (!Level.Wildcard.ONE.isAt(filter, from, to) && !level.covers(filter, from, to, client)) {
                return false;
            }
            from = to + 1;
        }
        // "a/#" also means "a" itself
        return from > filter.length() || Level.Wildcard.REST.isAt(filter, from, filter.length());
    }

    private boolean isUsableBy(Identity client) {
        for (Level level : levels) {
            if (level instanceof Level.Own own && !own.isKnownOf(client)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDollar(String topicOrFilter) {
        return topicOrFilter.charAt(0) == '$';
    }

    private static int levelEnd(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }
}

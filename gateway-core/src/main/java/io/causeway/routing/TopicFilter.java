package io.causeway.routing;

import java.util.Optional;

/**
 * A topic filter (MQTT 3.1.1 §4.7): levels divided by '/', '+' for any one level, '#' last for any rest.
 *
 * @param value the filter as subscribed
 */
public record TopicFilter(String value) {

    /** @throws IllegalArgumentException if the value is no topic filter; see {@link #parse} for untrusted input */
    public TopicFilter {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a topic filter: " + value);
        }
    }

    /** The filter, or nothing if it is empty, too long, has too many levels, holds NUL or has a wildcard in the wrong place. */
    public static Optional<TopicFilter> parse(String value) {
        return isValid(value) ? Optional.of(new TopicFilter(value)) : Optional.empty();
    }

    public boolean hasWildcards() {
        return value.indexOf('+') >= 0 || value.indexOf('#') >= 0;
    }

    /** Whether a message published to the topic name is meant by this filter; '$' topics are not meant by a leading wildcard. */
    public boolean matches(String topicName) {
        return covers(value, topicName);
    }

    /** Whether every topic that the other filter can match is matched by this one too; each filter covers itself. */
    public boolean covers(TopicFilter other) {
        return covers(value, other.value);
    }

    private static boolean isValid(String value) {
        if (value.isEmpty() || value.indexOf('\0') >= 0 || !TopicName.isWithinBounds(value)) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '+' && c != '#') {
                continue;
            }
            boolean startsLevel = i == 0 || value.charAt(i - 1) == '/';
            boolean last = i == value.length() - 1;
            boolean endsLevel = last || value.charAt(i + 1) == '/';
            if (!startsLevel || !endsLevel || (c == '#' && !last)) {
                return false;
            }
        }
        return true;
    }

    /** Walks both level by level; {@code other} is a topic name or a narrower filter. */
    private static boolean covers(String filter, String other) {
        if (other.charAt(0) == '$' && (filter.charAt(0) == '+' || filter.charAt(0) == '#')) {
            return false;
        }
        int filterAt = 0;
        int otherAt = 0;
        while (true) {
            int filterEnd = levelEnd(filter, filterAt);
            int otherEnd = levelEnd(other, otherAt);
            if (isLevel(filter, filterAt, filterEnd, '#')) {
                return true;
            }
            if (isLevel(other, otherAt, otherEnd, '#')) {
                // It means the parent level too, which "+/#" does not; but that of "#" and "/#" is no topic name.
                return otherAt <= 1 && filter.substring(filterAt).equals("+/#");
            }
            boolean same = filterEnd - filterAt == otherEnd - otherAt
                    && filter.regionMatches(filterAt, other, otherAt, filterEnd - filterAt);
            if (!same && !isLevel(filter, filterAt, filterEnd, '+')) {
                return false;
            }
            boolean filterDone = filterEnd == filter.length();
            boolean otherDone = otherEnd == other.length();
            if (otherDone) {
                // "a/#" also means "a" itself
                return filterDone || (filter.startsWith("/#", filterEnd) && filter.length() == filterEnd + 2);
            }
            if (filterDone) {
                return false;
            }
            filterAt = filterEnd + 1;
            otherAt = otherEnd + 1;
        }
    }

    private static int levelEnd(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    private static boolean isLevel(String text, int from, int to, char only) {
        return to - from == 1 && text.charAt(from) == only;
    }
}

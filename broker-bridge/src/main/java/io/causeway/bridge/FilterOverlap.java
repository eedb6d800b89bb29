package io.causeway.bridge;

import io.causeway.routing.TopicFilter;

/** Whether topic filters can match the same topic. */
public final class FilterOverlap {
    private FilterOverlap() {}

    /** True if there is a topic name that both filters match. */
    public static boolean meet(TopicFilter one, TopicFilter other) {
        char first = one.value().charAt(0);
        char otherFirst = other.value().charAt(0);
        if ((isWild(first) && otherFirst == '$') || (isWild(otherFirst) && first == '$')) {
            return false; // [MQTT-4.7.2-1]
        }
        String[] levels = one.value().split("/", -1);
        String[] otherLevels = other.value().split("/", -1);
        for (int i = 0; i < Math.max(levels.length, otherLevels.length); i++) {
            String level = i < levels.length ? levels[i] : "";
            String otherLevel = i < otherLevels.length ? otherLevels[i] : "";
            if (level.equals("#") || otherLevel.equals("#")) {
                return true; // also of the level above it: "a/#" matches "a"
            }
            if (i >= levels.length || i >= otherLevels.length) {
                return false;
            }
            if (!level.equals(otherLevel) && !level.equals("+") && !otherLevel.equals("+")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWild(char first) {
        return first == '+' || first == '#';
    }
}

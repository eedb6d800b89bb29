package io.causeway.routing;

/** MQTT 3.1.1 §4.7 in the plainest words: slow, and nothing shared with what is tested. */
final class TopicModel {
    private TopicModel() {}

    static boolean matches(String filter, String name) {
        boolean leadingWildcard = filter.startsWith("+") || filter.startsWith("#");
        if (leadingWildcard && name.startsWith("$")) {
            return false;
        }
        return matches(filter.split("/", -1), name.split("/", -1), 0);
    }

    private static boolean matches(String[] filter, String[] name, int level) {
        if (level == filter.length) {
            return level == name.length;
        }
        if (filter[level].equals("#")) {
            return true; // the parent level included
        }
        if (level == name.length) {
            return false;
        }
        boolean same = filter[level].equals("+") || filter[level].equals(name[level]);
        return same && matches(filter, name, level + 1);
    }
}

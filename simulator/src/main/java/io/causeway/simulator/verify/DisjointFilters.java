package io.causeway.simulator.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Topic filters that cover what others cover, and of which no two match the same topic: a broker may deliver a message once
 * for each that matches, and the copies would look like the gateway's. Of the wildcards only {@code +} is understood.
 */
final class DisjointFilters {
    private static final String ANY = "+";

    private DisjointFilters() {}

    static List<String> covering(Collection<String> filters) {
        List<String> disjoint = new ArrayList<>();
        for (String filter : filters) {
            add(filter, disjoint);
        }
        return disjoint;
    }

    /** One that overlaps is united with what it overlaps; the union may overlap more. */
    private static void add(String filter, List<String> disjoint) {
        for (String other : disjoint) {
            if (overlap(filter, other)) {
                disjoint.remove(other);
                add(union(filter, other), disjoint);
                return;
            }
        }
        disjoint.add(filter);
    }

    private static boolean overlap(String one, String other) {
        String[] levels = one.split("/", -1);
        String[] others = other.split("/", -1);
        if (levels.length != others.length) {
            return false;
        }
        for (int level = 0; level < levels.length; level++) {
            boolean isEither = levels[level].equals(ANY) || others[level].equals(ANY);
            if (!isEither && !levels[level].equals(others[level])) {
                return false;
            }
        }
        return true;
    }

    /** @param other overlaps */
    private static String union(String one, String other) {
        String[] levels = one.split("/", -1);
        String[] others = other.split("/", -1);
        for (int level = 0; level < levels.length; level++) {
            if (others[level].equals(ANY)) {
                levels[level] = ANY;
            }
        }
        return String.join("/", levels);
    }
}

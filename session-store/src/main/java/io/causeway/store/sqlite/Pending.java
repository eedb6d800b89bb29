package io.causeway.store.sqlite;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a group comes to for the rows of one table: removals first, then new rows, then marks on rows that are there.
 * Owned by the writer.
 *
 * @param <K> of rows
 * @param <V> a row
 * @param <M> a change of a row's marks
 */
final class Pending<K, V, M> {
    private final boolean unique;
    private final Set<K> removals = new HashSet<>();
    private final Map<K, V> rows = new LinkedHashMap<>();
    private final Map<K, M> marks = new LinkedHashMap<>();

    /** @param unique a key is never used for two rows, so that of a row put and removed in one group nothing is left */
    Pending(boolean unique) {
        this.unique = unique;
    }

    void put(K key, V row) {
        rows.put(key, row);
        marks.remove(key);
    }

    /**
     * @param mark   what to change if the row is there
     * @param marked the row with that change
     */
    void mark(K key, M mark, UnaryOperator<V> marked) {
        V row = rows.get(key);
        if (row != null) {
            rows.put(key, marked.apply(row));
        } else if (!removals.contains(key)) {
            marks.put(key, mark);
        }
    }

    void remove(K key) {
        marks.remove(key);
        @Nullable V row = rows.remove(key);
        if (row == null || !unique) {
            removals.add(key);
        }
    }

    Set<K> removals() {
        return removals;
    }

    /** In the order in which they were put first. */
    Collection<V> rows() {
        return rows.values();
    }

    Collection<M> marks() {
        return marks.values();
    }

    /** How much there is to do. */
    int size() {
        return removals.size() + rows.size() + marks.size();
    }
}

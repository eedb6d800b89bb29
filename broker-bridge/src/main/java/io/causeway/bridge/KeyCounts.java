package io.causeway.bridge;

/**
 * How often each of many keys is there: an open hash table of primitives, since there may be a million. Not safe for
 * threads.
 */
final class KeyCounts {
    private static final int SMALLEST = 16;
    private static final int SCATTER = 0x9E3779B9;

    private int[] keys = new int[SMALLEST];
    private int[] counts = new int[SMALLEST];
    private int distinct;

    void increment(int key) {
        int at = placeOf(key);
        if (counts[at] == 0) {
            keys[at] = key;
            distinct++;
        }
        counts[at]++;
        if (2 * distinct > keys.length) {
            resize(2 * keys.length);
        }
    }

    /** @throws IllegalStateException if the key is not there: a bug of the caller */
    void decrement(int key) {
        int at = placeOf(key);
        if (counts[at] == 0) {
            throw new IllegalStateException("no such key: " + key);
        }
        counts[at]--;
        if (counts[at] == 0) {
            distinct--;
            close(at);
            if (keys.length > SMALLEST && 8 * distinct < keys.length) {
                resize(keys.length / 2);
            }
        }
    }

    boolean contains(int key) {
        return distinct > 0 && counts[placeOf(key)] > 0;
    }

    /** Where the key is, or where it would be. */
    private int placeOf(int key) {
        int at = homeOf(key);
        while (counts[at] > 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private int homeOf(int key) {
        return ((key * SCATTER) >>> 7) & (keys.length - 1);
    }

    /** Moves back what stands behind a gap, as far as it was only pushed there. */
    private void close(int gap) {
        int mask = keys.length - 1;
        int hole = gap;
        for (int at = (hole + 1) & mask; counts[at] > 0; at = (at + 1) & mask) {
            int displacement = (at - homeOf(keys[at])) & mask;
            if (displacement >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                counts[hole] = counts[at];
                counts[at] = 0;
                hole = at;
            }
        }
    }

    private void resize(int length) {
        int[] formerKeys = keys;
        int[] formerCounts = counts;
        keys = new int[length];
        counts = new int[length];
        for (int i = 0; i < formerKeys.length; i++) {
            if (formerCounts[i] > 0) {
                int at = placeOf(formerKeys[i]);
                keys[at] = formerKeys[i];
                counts[at] = formerCounts[i];
            }
        }
    }
}

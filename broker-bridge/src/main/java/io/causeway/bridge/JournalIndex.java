package io.causeway.bridge;

/**
 * What a journal holds, without the messages themselves: a ring of primitives in the order of the sequences, 26 octets
 * for each entry. Entries that are gone leave gaps, which are closed when the ring is full. Not safe for threads.
 *
 * <p>A position names an entry until {@link #makeRoom} is called; {@link #first} and {@link #end} bound them.
 */
final class JournalIndex {
    /** What has become of an entry. */
    enum State {
        GONE(0),
        /** Not known to be durable. */
        UNSURE(1),
        /** In the store, until it is its turn. */
        WAITING(2),
        /** Of the backlog, and on its way to the broker. */
        TAKEN(3),
        /** Not of the backlog: it was never anywhere but on its way. */
        FRESH(4);

        private static final State[] BY_CODE = values();

        private final byte code;

        State(int code) {
            this.code = (byte) code;
        }
    }

    private static final int SMALLEST = 64;
    private static final int LARGEST_WASTE = 4_096;

    private long[] sequences;
    private long[] sinceNanos;
    private int[] octets;
    private int[] keys;
    private byte[] rules;
    private byte[] states;
    private long first;
    private long end;
    private int size;

    JournalIndex() {
        this(SMALLEST);
    }

    private JournalIndex(int capacity) {
        this.sequences = new long[capacity];
        this.sinceNanos = new long[capacity];
        this.octets = new int[capacity];
        this.keys = new int[capacity];
        this.rules = new byte[capacity];
        this.states = new byte[capacity];
    }

    boolean isFull() {
        return end - first == sequences.length;
    }

    /** Whether it takes much memory for nothing. */
    boolean isWasteful() {
        return size == 0 && sequences.length > LARGEST_WASTE;
    }

    /** Entries that are not gone. */
    int size() {
        return size;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    /**
     * Adds an entry behind all others, which must have lower sequences.
     *
     * @return its position
     */
    long add(long sequence, int weightOctets, int key, long since, int rule, State state) {
        int at = at(end);
        sequences[at] = sequence;
        octets[at] = weightOctets;
        keys[at] = key;
        sinceNanos[at] = since;
        rules[at] = (byte) rule;
        states[at] = state.code;
        size++;
        return end++;
    }

    /** The position of the entry with this sequence, or -1 if there is none. */
    long find(long sequence) {
        long low = first;
        long high = end - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long found = sequences[at(middle)];
            if (found == sequence) {
                return state(middle) == State.GONE ? -1 : middle;
            }
            if (found < sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    long sequence(long position) {
        return sequences[at(position)];
    }

    int octets(long position) {
        return octets[at(position)];
    }

    int key(long position) {
        return keys[at(position)];
    }

    long sinceNanos(long position) {
        return sinceNanos[at(position)];
    }

    int rule(long position) {
        return rules[at(position)];
    }

    State state(long position) {
        return State.BY_CODE[states[at(position)]];
    }

    void become(long position, State state) {
        states[at(position)] = state.code;
    }

    /** @throws IllegalStateException if there is no such entry: a bug of the caller */
    void remove(long position) {
        if (position < first || position >= end || state(position) == State.GONE) {
            throw new IllegalStateException("no entry at " + position);
        }
        become(position, State.GONE);
        size--;
        while (first < end && state(first) == State.GONE) {
            first++;
        }
    }

    /** Closes the gaps, or takes more memory if there are few, or less if little is left: positions are others then. */
    void makeRoom() {
        JournalIndex packed = new JournalIndex(Math.max(SMALLEST, 2 * Integer.highestOneBit(size + size / 2)));
        for (long position = first; position < end; position++) {
            if (state(position) != State.GONE) {
                packed.add(
                        sequence(position),
                        octets(position),
                        key(position),
                        sinceNanos(position),
                        rule(position),
                        state(position));
            }
        }
        sequences = packed.sequences;
        sinceNanos = packed.sinceNanos;
        octets = packed.octets;
        keys = packed.keys;
        rules = packed.rules;
        states = packed.states;
        first = 0;
        end = packed.end;
    }

    private int at(long position) {
        return (int) (position & (sequences.length - 1));
    }
}

package io.causeway.store;

/**
 * A topic alias of a session.
 *
 * @param value 1 to 65,534
 * @param known the client has been told, and not denied it since
 */
public record StoredAlias(int value, String topic, boolean known) {
    private static final int HIGHEST = 0xfffe;

    /** @throws IllegalArgumentException if the value is out of range: a bug of the caller */
    public StoredAlias {
        if (value < 1 || value > HIGHEST) {
            throw new IllegalArgumentException("the alias " + value);
        }
    }
}

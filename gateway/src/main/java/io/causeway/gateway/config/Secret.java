package io.causeway.gateway.config;

/**
 * Something that must not be seen in a log or a message.
 *
 * @param value the secret itself; empty: there is none
 */
public record Secret(String value) {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "***";
    }
}

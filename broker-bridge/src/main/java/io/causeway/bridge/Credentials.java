package io.causeway.bridge;

/**
 * What the broker knows us by.
 *
 * @param user     empty: none is sent
 * @param password empty: none is sent
 */
public record Credentials(String user, String password) {
    public static final Credentials NONE = new Credentials("", "");

    /** @throws IllegalArgumentException if there is a password without a user, which MQTT 3.1.1 cannot say */
    public Credentials {
        if (user.isEmpty() && !password.isEmpty()) {
            throw new IllegalArgumentException("a password without a user");
        }
    }

    /** Without the password, so that a log can show it. */
    @Override
    public String toString() {
        return user.isEmpty() ? "Credentials[none]" : "Credentials[user=" + user + "]";
    }
}

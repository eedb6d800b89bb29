package io.causeway.access.file;

/**
 * Who is let in besides the users of a password file.
 *
 * @param anonymous        clients without a user name
 * @param certificateNames clients with a verified certificate, under its name and without a password
 */
public record LoginSettings(boolean anonymous, boolean certificateNames) {
    /** Nobody else. */
    public static final LoginSettings PASSWORDS_ONLY = new LoginSettings(false, false);
}

package io.causeway.access.file;

import io.causeway.access.file.TextFile.LineException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Users and the hashes of their passwords. Immutable.
 *
 * <pre>USER:HASH    one in each line; the hash as {@link PasswordHash} reads it</pre>
 */
final class PasswordFile {
    private static final String HASHES = "a hash that 'causeway passwd' or mosquitto_passwd ($7$, $6$) has written";

    /** Without users. */
    static final PasswordFile EMPTY = new PasswordFile(Map.of());

    private final Map<String, PasswordHash> hashes;

    private PasswordFile(Map<String, PasswordHash> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    /** @throws AccessFileException if something in it is wrong */
    static PasswordFile read(TextFile file) throws AccessFileException {
        Map<String, PasswordHash> hashes = new HashMap<>();
        file.read(line -> add(line, hashes));
        return new PasswordFile(hashes);
    }

    Optional<PasswordHash> of(String user) {
        return Optional.ofNullable(hashes.get(user));
    }

    private static void add(String line, Map<String, PasswordHash> hashes) throws LineException {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new LineException(
                    "no user name and ':' begin this line", "USER:HASH, or a comment that begins with #");
        }
        String user = line.substring(0, colon);
        try {
            if (hashes.put(user, PasswordHash.parse(line.substring(colon + 1))) != null) {
                throw new LineException("user '" + user + "' has a line already", "each user once");
            }
        } catch (IllegalArgumentException e) {
            throw new LineException("user '" + user + "': " + e.getMessage(), HASHES);
        }
    }
}

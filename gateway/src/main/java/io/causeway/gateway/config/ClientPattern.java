package io.causeway.gateway.config;

/**
 * A pattern of client ids: {@code *} stands for any characters or none, {@code ?} for exactly one, everything else for
 * itself.
 *
 * @param glob the pattern as it was written, not empty
 */
public record ClientPattern(String glob) {
    /** Matches every client id. */
    public static final ClientPattern ALL = new ClientPattern("*");

    /** @throws IllegalArgumentException if the pattern is empty */
    public ClientPattern {
        if (glob.isEmpty()) {
            throw new IllegalArgumentException("a pattern is not empty");
        }
    }

    /** Whether the whole client id fits the pattern. */
    public boolean matches(String clientId) {
        int at = 0;
        int next = 0;
        int star = -1;
        int afterStar = 0;
        while (next < clientId.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                afterStar = next;
            } else if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == clientId.charAt(next))) {
                at++;
                next++;
            } else if (star >= 0) {
                // only the last star can still give way: what stood before it has matched at the earliest place
                at = star + 1;
                next = ++afterStar;
            } else {
                return false;
            }
        }
        return glob.chars().skip(at).allMatch(c -> c == '*');
    }

    @Override
    public String toString() {
        return glob;
    }
}

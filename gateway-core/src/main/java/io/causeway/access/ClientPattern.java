package io.causeway.access;

/**
 * A pattern of client ids: '*' stands for any run of characters, '?' for any one, everything else for itself.
 *
 * @param pattern not empty
 */
public record ClientPattern(String pattern) {
    /** Matches every client id. */
    public static final ClientPattern ALL = new ClientPattern("*");

    public ClientPattern {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern matches no client");
        }
    }

    public boolean matchesAll() {
        return pattern.equals("*");
    }

    /** Whether it can match more than one client id. */
    public boolean hasWildcards() {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    /** Linear in practice: a '*' is only ever tried again from its last position. */
    public boolean matches(String clientId) {
        int at = 0;
        int patternAt = 0;
        int starAt = -1;
        int retryAt = 0;
        while (at < clientId.length()) {
            char wanted = patternAt < pattern.length() ? pattern.charAt(patternAt) : '\0';
            if (wanted == '*') {
                starAt = patternAt++;
                retryAt = at;
            } else if (patternAt < pattern.length() && (wanted == '?' || wanted == clientId.charAt(at))) {
                patternAt++;
                at++;
            } else if (starAt >= 0) {
                patternAt = starAt + 1;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        while (patternAt < pattern.length() && pattern.charAt(patternAt) == '*') {
            patternAt++;
        }
        return patternAt == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}

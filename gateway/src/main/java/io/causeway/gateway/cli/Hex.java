package io.causeway.gateway.cli;

import io.causeway.codec.Octets;

/** Octets as people write them. */
final class Hex {
    private Hex() {}

    /**
     * Hexadecimal digits, two for each octet; white space, colons, commas, hyphens and 0x between octets are skipped.
     *
     * @throws IllegalArgumentException with the reason, if the text is something else
     */
    static Octets parse(String text) {
        String digits = text.replaceAll("(?i)(?<![0-9a-f])0x|[\\s:,-]", "");
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0) {
                throw new IllegalArgumentException("'" + digits.charAt(i) + "' is no hexadecimal digit");
            }
        }
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(digits.length() + " hexadecimal digits are no whole octets");
        }
        return Octets.ofHex(digits);
    }
}

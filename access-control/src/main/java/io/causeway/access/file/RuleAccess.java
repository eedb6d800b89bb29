package io.causeway.access.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule says about the topics that it names; in a file in lower case. */
enum RuleAccess {
    READ,
    WRITE,
    READWRITE,
    /** Neither, whatever other rules say. */
    DENY;

    static Optional<RuleAccess> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.causeway.access.file;

/** What rules say to a question; a later one is stronger. */
enum Verdict {
    /** No rule is about it. */
    SILENT,
    ALLOWED,
    DENIED;

    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

package io.causeway.session;

/** What a full queue does with one message more. */
public enum OverflowPolicy {
    DROP_OLDEST,
    DROP_NEWEST
}

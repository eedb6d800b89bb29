package io.causeway.radio.framing;

/** Whether the messages on a line are in the envelopes of a forwarder (1.2 §5.5). */
public enum Encapsulation {
    /** Both kinds are taken. */
    AUTO,
    /** Only messages that are in none: one client has the line for itself. */
    NEVER,
    /** Only messages that are in one: several clients share the line. */
    ALWAYS
}

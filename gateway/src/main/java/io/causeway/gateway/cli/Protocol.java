package io.causeway.gateway.cli;

/** What a port belongs to. */
public enum Protocol {
    TCP,
    UDP
}

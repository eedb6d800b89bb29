package io.causeway.radio.framing;

/** Who sends what comes over a line, and with it which types of message can be in it. */
public enum Sender {
    /** A client, or a forwarder for its clients: what a gateway hears. */
    CLIENT,
    /** A gateway: what a client hears, or an emulated one. */
    GATEWAY
}

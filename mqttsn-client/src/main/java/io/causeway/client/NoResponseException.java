package io.causeway.client;

/**
 * The request and all its repetitions stayed without answer (1.2 §6.13). Whether it took effect is not known. The
 * connection is lost with it, unless the client was asleep.
 */
public final class NoResponseException extends ClientException {
    NoResponseException() {
        super("no response from the gateway");
    }
}

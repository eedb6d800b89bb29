package io.causeway.gateway.cli;

/** A command cannot do what it was asked for; the message is for the user. */
final class CommandFailure extends Exception {
    CommandFailure(String message) {
        super(message);
    }
}

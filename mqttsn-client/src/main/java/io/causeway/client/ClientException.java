package io.causeway.client;

/** Why a request came to nothing. Without a stack trace: it would tell of an event loop, and cost a lost fleet dear. */
public abstract sealed class ClientException extends Exception
        permits RejectedException, NoResponseException, ConnectionLostException, WrongStateException {
    ClientException(String message) {
        super(message, null, false, false);
    }
}

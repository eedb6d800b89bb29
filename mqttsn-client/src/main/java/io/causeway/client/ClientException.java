package io.causeway.client;

/** Why a request came to nothing. */
public abstract sealed class ClientException extends Exception
        permits RejectedException, NoResponseException, ConnectionLostException, WrongStateException {
    ClientException(String message) {
        super(message);
    }
}

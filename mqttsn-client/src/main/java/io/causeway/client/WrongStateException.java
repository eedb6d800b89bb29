package io.causeway.client;

/** The request is not possible in the client's state; nothing was sent. */
public final class WrongStateException extends ClientException {
    private final ClientState state;

    WrongStateException(ClientState state) {
        super("not possible while the client is " + state);
        this.state = state;
    }

    public ClientState state() {
        return state;
    }
}

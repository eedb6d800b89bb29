package io.causeway.client;

/** The connection ended while the request was under way. Whether it took effect is not known. */
public final class ConnectionLostException extends ClientException {
    private final LossCause lossCause;

    ConnectionLostException(LossCause lossCause) {
        super("connection lost: " + lossCause);
        this.lossCause = lossCause;
    }

    public LossCause lossCause() {
        return lossCause;
    }
}

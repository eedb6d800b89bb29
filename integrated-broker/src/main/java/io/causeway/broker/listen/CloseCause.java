package io.causeway.broker.listen;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a connection ended, in words for a log line. */
final class CloseCause {
    static final String CLOSED_BY_CLIENT = "closed by the client";

    private CloseCause() {}

    static String of(Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof NotSslRecordException) {
            return "TLS: what came is something else"; // the message would be all of it
        }
        if (cause instanceof SSLException) {
            return "TLS: " + cause.getMessage();
        }
        if (cause instanceof CorruptedWebSocketFrameException) {
            return "WebSocket: " + cause.getMessage();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
    }

    /** Whether it is the network's or the peer's doing, rather than a fault of ours. */
    static boolean isPeers(Throwable thrown) {
        return thrown instanceof IOException || thrown instanceof DecoderException;
    }
}

package io.causeway.session;

import org.jspecify.annotations.Nullable;

/**
 * The CONNECT that opened the present connection, of which late copies may still come: from the network, or from a client
 * that has not heard the CONNACK (1.2 §6.13). Owned by the session's loop.
 */
final class OpeningConnect {
    private final long copiesNanos;
    private @Nullable ConnectRequest request;
    private long sinceNanos;

    OpeningConnect(SessionSettings settings) {
        this.copiesNanos = settings.retryNanos() * (settings.retryCount() + 1);
    }

    void onConnect(ConnectRequest newRequest, long nowNanos) {
        request = newRequest;
        sinceNanos = nowNanos;
    }

    /** Only what would start anew: any other CONNECT may come as often as it likes. */
    boolean isRepeatedBy(ConnectRequest again, boolean withWill, long nowNanos) {
        ConnectRequest opening = request;
        return opening != null
                && opening.cleanStart()
                && again.cleanStart()
                && again.keepAlive().equals(opening.keepAlive())
                && withWill == opening.changesWill()
                && isRecent(nowNanos);
    }

    /** Whether the client was asked for its will, so shortly ago that its answers may still come again. */
    boolean hasJustBroughtWill(long nowNanos) {
        ConnectRequest opening = request;
        return opening != null && opening.changesWill() && isRecent(nowNanos);
    }

    private boolean isRecent(long nowNanos) {
        return nowNanos - sinceNanos < copiesNanos;
    }
}

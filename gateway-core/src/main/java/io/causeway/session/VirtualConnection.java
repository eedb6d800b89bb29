package io.causeway.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Virtual Connection of one session (2.0 §4.2.1): where its client is, the way there, and the CONNECT that opened
 * it. The session outlives it, and there may be none for a while: then nothing is said. Owned by the session's loop.
 */
final class VirtualConnection {
    private final OpeningConnect opening;
    private @Nullable NetworkIdentity identity;
    private @Nullable ClientPort port;
    private final Duration usualRetryInterval;
    private long retryNanos;
    private int largestPayloadOctets = Integer.MAX_VALUE;

    VirtualConnection(SessionSettings settings) {
        this.usualRetryInterval = settings.retryInterval();
        this.retryNanos = usualRetryInterval.toNanos();
        this.opening = new OpeningConnect(settings);
    }

    @Nullable
    NetworkIdentity identity() {
        return identity;
    }

    @Nullable
    ClientPort port() {
        return port;
    }

    boolean exists() {
        return port != null;
    }

    /** What the client speaks, for people. */
    String protocol() {
        ClientPort way = port;
        return way == null ? "MQTT-SN" : way.protocol();
    }

    /** What the link carries on which the client is, or was last; a radio may come to know better meanwhile. */
    int largestPayloadOctets() {
        ClientPort way = port;
        if (way != null) {
            largestPayloadOctets = way.largestPayloadOctets();
        }
        return largestPayloadOctets;
    }

    /** T_retry (1.2 §7.2) on the link on which the client is, or was last. */
    long retryNanos() {
        return retryNanos;
    }

    void open(ConnectRequest request, NetworkIdentity from, ClientPort way, long nowNanos) {
        bind(from, way);
        opening.onConnect(request, nowNanos);
    }

    /** What has not been said yet on the way before is not for this one, nor for who is at the old address now. */
    void bind(NetworkIdentity to, ClientPort way) {
        closePort();
        identity = to;
        port = way;
        largestPayloadOctets = way.largestPayloadOctets();
        retryNanos = to.retryInterval(usualRetryInterval).toNanos();
    }

    /** The client is to hear nothing any more, for another one may be there. */
    void close() {
        closePort();
        release();
    }

    /** The client is gone, but what has been said up to now is still for it. */
    void release() {
        identity = null;
        port = null;
    }

    /** The client is told that it is not served here any more (1.2 §5.4.21), and nothing else. */
    void sayGoodbye() {
        closePort();
        disconnect();
    }

    private void closePort() {
        ClientPort old = port;
        if (old != null) {
            old.close();
        }
    }

    /** A network copy of the CONNECT that opened this connection must not open it again (1.2 §6.13). */
    boolean isOpenedAgainBy(ConnectRequest request, boolean withWill, NetworkIdentity from, long nowNanos) {
        return from.equals(identity) && opening.isRepeatedBy(request, withWill, nowNanos);
    }

    /** Whether the client was asked for its will, so shortly ago that its answers may still come again. */
    boolean hasJustBroughtWill(long nowNanos) {
        return exists() && opening.hasJustBroughtWill(nowNanos);
    }

    // ---- what is said, if there is a way --------------------------------------------------------------------------

    void connAck(ReasonCode reason) {
        ClientPort way = port;
        if (way != null) {
            way.connAck(reason);
        }
    }

    void pingReq() {
        ClientPort way = port;
        if (way != null) {
            way.pingReq();
        }
    }

    void pingResp() {
        ClientPort way = port;
        if (way != null) {
            way.pingResp();
        }
    }

    void pingRespAtOnce() {
        ClientPort way = port;
        if (way != null) {
            way.pingRespAtOnce();
        }
    }

    void willTopicResp(ReasonCode reason) {
        ClientPort way = port;
        if (way != null) {
            way.willTopicResp(reason);
        }
    }

    void willMessageResp(ReasonCode reason) {
        ClientPort way = port;
        if (way != null) {
            way.willMessageResp(reason);
        }
    }

    void disconnect() {
        ClientPort way = port;
        if (way != null) {
            way.disconnect();
        }
    }
}

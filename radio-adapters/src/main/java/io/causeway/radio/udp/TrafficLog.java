package io.causeway.radio.udp;

import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkMeter;
import io.causeway.radio.LogLimit;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the datagrams of one transport, and logs what goes wrong with them: one of a kind in a second. Free to use from
 * any thread.
 */
final class TrafficLog {
    private static final Logger log = LoggerFactory.getLogger(UdpTransport.class);

    private final String transport;
    private final LinkMeter meter = new LinkMeter();
    private final LogLimit receiveLines = new LogLimit(System.nanoTime());
    private final LogLimit listenerLines = new LogLimit(System.nanoTime());
    private final LogLimit sendLines = new LogLimit(System.nanoTime());

    TrafficLog(String transport) {
        this.transport = transport;
    }

    void received(int octets) {
        meter.received(octets);
    }

    void receiveFailed(Throwable cause) {
        meter.receiveFailed();
        if (receiveLines.passes(System.nanoTime())) {
            log.warn("{}: receiving failed", transport, cause);
        }
    }

    void listenerFailed(InetSocketAddress from, int octets, Exception cause) {
        meter.listenerFailed();
        if (listenerLines.passes(System.nanoTime())) {
            log.error("{}: {} octets from {} dropped, handling them failed", transport, octets, text(from), cause);
        }
    }

    void sent(int octets) {
        meter.sent(octets);
    }

    void sendFailed(InetSocketAddress to, Throwable cause) {
        meter.sendFailed();
        boolean isNews = !(cause instanceof ClosedChannelException); // that it was closed has been logged
        if (isNews && sendLines.passes(System.nanoTime())) {
            log.warn("{}: sending to {} failed: {}", transport, text(to), cause.toString());
        }
    }

    /** Not logged: that the endpoint was closed has been. */
    void endpointClosed() {
        meter.sendFailed();
    }

    void sendOverflowed() {
        meter.sendOverflowed();
    }

    void oversized(int octets) {
        meter.oversized();
        if (sendLines.passes(System.nanoTime())) {
            log.warn("{}: a datagram of {} octets is too long for this link and dropped", transport, octets);
        }
    }

    /** @param kernelDrops what the system tells, or {@link LinkCounters#UNKNOWN} */
    LinkCounters read(long kernelDrops) {
        return meter.read(kernelDrops);
    }

    private static String text(InetSocketAddress peer) {
        return NetUtil.toSocketAddressString(peer);
    }
}

package io.causeway.dialect.v12;

import io.causeway.access.ClientPattern;
import io.causeway.codec.v12.Packet;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Printable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every packet of chosen clients to the log. Safe for many threads; costs one read of a field while nobody is
 * traced.
 */
public final class PacketTrace {
    private final Logger logger;
    private volatile List<ClientPattern> traced = List.of();

    public PacketTrace() {
        this(LoggerFactory.getLogger("trace"));
    }

    PacketTrace(Logger logger) {
        this.logger = logger;
    }

    /** From now on, clients whose id fits one of the patterns are traced. */
    public void trace(List<ClientPattern> patterns) {
        traced = List.copyOf(patterns);
    }

    void received(String clientId, NetworkIdentity from, Packet packet) {
        if (isTraced(clientId)) {
            logger.info("{} {} -> {}", Printable.of(clientId), from, Printable.of(packet.toString()));
        }
    }

    void sent(String clientId, NetworkIdentity to, Packet packet) {
        if (isTraced(clientId)) {
            logger.info("{} {} <- {}", Printable.of(clientId), to, Printable.of(packet.toString()));
        }
    }

    private boolean isTraced(String clientId) {
        List<ClientPattern> patterns = traced;
        if (patterns.isEmpty()) {
            return false;
        }
        for (ClientPattern pattern : patterns) {
            if (pattern.matches(clientId)) {
                return true;
            }
        }
        return false;
    }
}

package io.causeway.gateway.runtime;

import io.causeway.access.file.AccessFileException;
import io.causeway.dialect.v12.Advertiser;
import io.causeway.dialect.v12.PacketTrace;
import io.causeway.gateway.admin.AdminServer;
import io.causeway.gateway.admin.Health;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.RunningGateway;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.gateway.config.HostPort;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.gateway.config.UdpLink;
import io.causeway.radio.udp.MulticastGroup;
import io.causeway.radio.udp.UdpSettings;
import io.causeway.radio.udp.UdpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole gateway in this process, from its settings to the last socket. */
public final class Gateway implements RunningGateway {
    private static final Logger LOGGER = LoggerFactory.getLogger(Gateway.class);

    private final PacketTrace trace = new PacketTrace();
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final GatewayUpstream upstream;
    private final ShardLoops loops;
    private @Nullable AdminServer admin;

    private Gateway(GatewayConfig config) throws StartException {
        Access access = accessAtStart(config);
        upstream = GatewayUpstream.of(config, access);
        loops = new ShardLoops(Settings.shards(config, access.authorizer()), upstream, new LinkSink(), trace);
        trace.trace(config.trace());
    }

    private static Access accessAtStart(GatewayConfig config) throws StartException {
        try {
            return Access.load(config);
        } catch (AccessFileException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens every endpoint, and then begins to look for a broker, which need not be there.
     *
     * @throws StartException if an endpoint cannot be opened, and then none is
     */
    public static Gateway start(GatewayConfig config) throws StartException {
        Gateway gateway = new Gateway(config);
        try {
            gateway.openAdmin(config.admin());
            gateway.openLinks(config);
            gateway.upstream.open(gateway.loops);
            gateway.upstream.start();
            return gateway;
        } catch (StartException e) {
            gateway.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public List<String> endpoints() {
        List<String> texts = new ArrayList<>();
        links.forEach(link -> link.transport().endpoints().forEach(each -> texts.add("UDP " + each)));
        texts.addAll(upstream.endpoints());
        AdminServer open = admin;
        if (open != null) {
            texts.add("admin http:/" + open.address());
        }
        return texts;
    }

    @Override
    public void reload(GatewayConfig config) {
        try {
            Access access = Access.load(config);
            loops.usePolicy(Settings.policy(config, access.authorizer()));
            upstream.useAccess(access);
        } catch (AccessFileException e) {
            LOGGER.error("{}; users and rules stay as they were", e.getMessage());
        }
        trace.trace(config.trace());
    }

    @Override
    public boolean ready() {
        return upstream.upstream().isAvailable();
    }

    /** The upstream goes first, so that its last answers still reach the clients. */
    @Override
    public void close(Duration drain) {
        upstream.close(drain);
        loops.settle();
        links.forEach(link -> link.transport().close());
        loops.close();
        AdminServer open = admin;
        if (open != null) {
            open.close();
        }
    }

    private void openAdmin(AdminConfig config) throws StartException {
        if (!(config instanceof AdminConfig.Listening listening)) {
            return;
        }
        Metrics metrics = new Metrics();
        GatewayMetrics.register(metrics, loops, upstream.router(), links);
        upstream.registerMetrics(metrics, loops);
        try {
            admin = AdminServer.open(listening.listen().resolve(), metrics, new GatewayHealth());
        } catch (IOException e) {
            throw StartException.cannotListen(listening.listen(), "admin.listen", e);
        }
    }

    private void openLinks(GatewayConfig config) throws StartException {
        List<LinkConfig> configured = config.links();
        for (int i = 0; i < configured.size(); i++) {
            if (configured.get(i) instanceof UdpLink udp) {
                openUdp(config.gatewayId(), udp, "links[" + i + "].bind");
            }
        }
    }

    private void openUdp(int gatewayId, UdpLink udp, String key) throws StartException {
        Link link = new Link(new UdpTransport(udpSettings(udp, key), loops.group()));
        try {
            link.open(loops);
        } catch (IOException e) {
            throw StartException.cannotOpen(key, e);
        }
        links.add(link);
        if (!udp.discoveryGroups().isEmpty()) {
            Advertiser advertiser = new Advertiser(
                    gatewayId,
                    udp.advertise(),
                    loops.first(),
                    upstream.upstream()::isAvailable,
                    packet -> link.broadcast(packet, 0));
            loops.first().mailbox().post(advertiser::start);
        }
    }

    /** A name in the settings may mean nothing on this machine, or nothing yet. */
    private static UdpSettings udpSettings(UdpLink udp, String key) throws StartException {
        try {
            return udpSettings(udp);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "cannot listen on UDP " + udp.bind() + ": " + e.getMessage() + "; change " + key, e);
        }
    }

    private static UdpSettings udpSettings(UdpLink udp) {
        List<MulticastGroup> groups = udp.discoveryGroups().stream()
                .map(HostPort::resolve)
                .map(group -> new MulticastGroup(group, udp.interfaces()))
                .toList();
        UdpSettings defaults = UdpSettings.at(udp.bind().resolve(), groups);
        return new UdpSettings(
                defaults.bind(),
                groups,
                Math.toIntExact(udp.receiveBufferOctets()),
                udp.maxPacketOctets(),
                defaults.hops(),
                defaults.scanInterval());
    }

    private final class GatewayHealth implements Health {
        @Override
        public List<String> whyNotLive() {
            return loops.areAlive() ? List.of() : List.of("an event loop does not answer");
        }

        @Override
        public List<String> whyNotReady() {
            return upstream.troubles();
        }
    }
}

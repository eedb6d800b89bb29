package io.causeway.gateway.runtime;

import io.causeway.forwarder.ForwardedLink;
import io.causeway.forwarder.Forwarder;
import io.causeway.forwarder.ForwarderCount;
import io.causeway.forwarder.WantedGateways;
import io.causeway.gateway.admin.AdminServer;
import io.causeway.gateway.admin.Health;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.RunningForwarder;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.ForwardTo;
import io.causeway.gateway.config.ForwarderConfig;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.radio.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A whole forwarder in this process, from its settings to the last socket. */
public final class ForwarderService implements RunningForwarder {
    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("loop"), NioIoHandler.newFactory());
    private final ForwarderConfig config;
    private final Forwarder forwarder;
    private @Nullable AdminServer admin;

    private ForwarderService(ForwarderConfig config) throws StartException {
        this.config = config;
        try {
            forwarder = new Forwarder(loop.next(), wanted(config.gateway()), config.gatewayPort(), links(config));
        } catch (StartException e) {
            closeLoop();
            throw e;
        }
    }

    /**
     * Opens every endpoint, and then begins to look for the gateway, which need not be there.
     *
     * @throws StartException if an endpoint cannot be opened, and then none is
     */
    public static ForwarderService start(ForwarderConfig config) throws StartException {
        ForwarderService service = new ForwarderService(config);
        try {
            service.openAdmin(config.admin());
            service.open(config);
            return service;
        } catch (StartException e) {
            service.close();
            throw e;
        }
    }

    private List<ForwardedLink> links(ForwarderConfig config) throws StartException {
        Transports transports = new Transports(loop, null);
        List<ForwardedLink> links = new ArrayList<>();
        for (LinkConfig link : config.links()) {
            Transport transport = transports.make(link, Links.key(link, links.size()));
            links.add(new ForwardedLink(transport, link.advertise()));
        }
        return links;
    }

    private static WantedGateways wanted(ForwardTo gateway) {
        if (gateway instanceof ForwardTo.Discovered discovered) {
            return new WantedGateways.Discovered(discovered.group().resolve(), discovered.interfaces());
        }
        return new WantedGateways.Listed(((ForwardTo.Listed) gateway)
                .gateways().stream()
                        .map(each -> InetSocketAddress.createUnresolved(each.host(), each.port()))
                        .toList());
    }

    private void open(ForwarderConfig config) throws StartException {
        try {
            forwarder.openUplink();
        } catch (IOException e) {
            throw StartException.cannotOpen("gateway-port", e);
        }
        for (int i = 0; i < config.links().size(); i++) {
            try {
                forwarder.openLink(i);
            } catch (IOException e) {
                throw StartException.cannotOpen(Links.key(config.links().get(i), i), e);
            }
        }
        forwarder.start();
    }

    private void openAdmin(AdminConfig config) throws StartException {
        if (!(config instanceof AdminConfig.Listening listening)) {
            return;
        }
        Metrics metrics = new Metrics();
        for (ForwarderCount count : ForwarderCount.values()) {
            String name = "forwarder_" + count.name().toLowerCase(Locale.ROOT);
            metrics.counter(name, count.help(), () -> forwarder.get(count));
        }
        List<Transport> transports = new ArrayList<>(forwarder.links());
        transports.add(forwarder.uplink());
        LinkMetrics.register(metrics, transports);
        try {
            admin = AdminServer.open(
                    listening.listen().resolve(),
                    metrics,
                    new ForwarderHealth(),
                    () -> RadioNodes.of(forwarder.links()));
        } catch (IOException e) {
            throw StartException.cannotListen(listening.listen(), "admin.listen", e);
        }
    }

    @Override
    public List<String> endpoints() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < config.links().size(); i++) {
            texts.addAll(Link.endpoints(config.links().get(i), forwarder.links().get(i)));
        }
        forwarder.uplink().endpoints().forEach(each -> texts.add("gateways by UDP " + each));
        AdminServer open = admin;
        if (open != null) {
            texts.add("admin http:/" + open.address());
        }
        return texts;
    }

    @Override
    public boolean ready() {
        return forwarder.troubles().isEmpty();
    }

    @Override
    public void close() {
        forwarder.close();
        closeLoop();
        AdminServer open = admin;
        if (open != null) {
            open.close();
        }
    }

    private void closeLoop() {
        loop.shutdownGracefully(0, STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP_TIMEOUT_MILLIS);
    }

    private final class ForwarderHealth implements Health {
        @Override
        public List<String> whyNotLive() {
            return forwarder.isAlive() ? List.of() : List.of("the event loop does not answer");
        }

        @Override
        public List<String> whyNotReady() {
            return forwarder.troubles();
        }

        @Override
        public List<String> notes() {
            return forwarder.notes();
        }
    }
}

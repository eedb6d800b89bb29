package io.causeway.gateway.runtime;

import io.causeway.access.file.AccessFileException;
import io.causeway.bridge.RehomingException;
import io.causeway.dialect.v12.Advertiser;
import io.causeway.dialect.v12.PacketTrace;
import io.causeway.gateway.admin.AdminServer;
import io.causeway.gateway.admin.Health;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.RunningGateway;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.AdminConfig;
import io.causeway.gateway.config.GatewayConfig;
import io.causeway.store.StoreUnreadableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole gateway in this process, from its settings to the last socket. */
public final class Gateway implements RunningGateway {
    private static final Logger LOGGER = LoggerFactory.getLogger(Gateway.class);

    private final PacketTrace trace = new PacketTrace();
    private final Storage storage;
    private final GatewayUpstream upstream;
    private final ShardLoops loops;
    private final Links links;
    private @Nullable AdminServer admin;

    private Gateway(GatewayConfig config, Storage storage) throws StartException {
        this.storage = storage;
        Access access = accessAtStart(config);
        upstream = GatewayUpstream.of(config, access, storage.store());
        loops = new ShardLoops(
                Settings.shards(config, access.authorizer()), upstream, storage.store(), new LinkSink(), trace);
        try {
            links = Links.of(config, loops.group());
        } catch (StartException e) {
            loops.close();
            throw e;
        }
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
     * Takes up what an earlier gateway has left in the data directory, opens every endpoint, and then begins to look for
     * a broker, which need not be there.
     *
     * @throws StartException if the data directory cannot be used, what waits in it cannot be moved, or an endpoint cannot be opened, and then none is
     */
    public static Gateway start(GatewayConfig config) throws StartException {
        Storage storage = Storage.open(config);
        Gateway gateway = made(config, storage);
        try {
            gateway.openAdmin(config.admin());
            storage.restore(gateway.loops, gateway.links, gateway.upstream);
            storage.warnOfLeftJournals(config);
            gateway.upstream.attach();
            gateway.openLinks(config.gatewayId());
            gateway.loops.resume();
            gateway.upstream.open(gateway.loops);
            gateway.upstream.start();
            return gateway;
        } catch (StartException e) {
            gateway.close(Duration.ZERO);
            throw e;
        } catch (StoreUnreadableException | RehomingException e) {
            gateway.close(Duration.ZERO);
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Gateway made(GatewayConfig config, Storage storage) throws StartException {
        try {
            return new Gateway(config, storage);
        } catch (StartException e) {
            storage.close();
            throw e;
        }
    }

    @Override
    public List<String> endpoints() {
        List<String> texts = new ArrayList<>();
        links.forEach(link -> texts.addAll(link.endpoints()));
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
        return storage.troubles().isEmpty()
                && upstream.upstream().isAvailable()
                && links.troubles().isEmpty();
    }

    /**
     * The upstream goes first, so that its last answers still reach the clients, with those that wait for the disk; the
     * store goes when nobody can change anything any more.
     */
    @Override
    public void close(Duration drain) {
        upstream.close(drain);
        loops.settle();
        storage.settle();
        loops.settle();
        links.close();
        loops.close();
        storage.close();
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
        storage.registerMetrics(metrics);
        try {
            admin = AdminServer.open(
                    listening.listen().resolve(),
                    metrics,
                    new GatewayHealth(),
                    () -> RadioNodes.of(links.transports()));
        } catch (IOException e) {
            throw StartException.cannotListen(listening.listen(), "admin.listen", e);
        }
    }

    private void openLinks(int gatewayId) throws StartException {
        links.open(loops);
        for (Link link : links) {
            if (link.config().isAdvertised()) {
                Advertiser advertiser = new Advertiser(
                        gatewayId,
                        link.config().advertise(),
                        loops.first(),
                        () -> ready() && link.isUp(),
                        packet -> link.broadcast(packet, 0));
                loops.first().mailbox().post(advertiser::start);
            }
        }
    }

    private final class GatewayHealth implements Health {
        @Override
        public List<String> whyNotLive() {
            return loops.areAlive() ? List.of() : List.of("an event loop does not answer");
        }

        @Override
        public List<String> whyNotReady() {
            return Stream.of(storage.troubles(), upstream.troubles(), links.troubles())
                    .flatMap(List::stream)
                    .toList();
        }

        @Override
        public List<String> notes() {
            return Stream.of(storage.notes(), upstream.notes(), links.notes())
                    .flatMap(List::stream)
                    .toList();
        }
    }
}

package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.settings.Bounds;
import io.causeway.settings.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a gateway; each component is the key of the same name in the file.
 *
 * @param gatewayId the GwId in ADVERTISE and GWINFO, 1 to 255
 * @param dataDir where sessions and messages are stored; null: in memory only ({@code none})
 * @param store how they are stored
 * @param links the ways on which devices reach the gateway, at least one
 * @param upstream the side of MQTT
 * @param bridges from the broker in this process to others
 * @param topics the predefined topics, in the order of the file
 * @param retry repetition of what clients do not acknowledge
 * @param clients who may connect and do what
 * @param keepAliveTolerance how late a client may be
 * @param sessions bounds on sessions
 * @param queues bounds on what waits for one client
 * @param quirks tolerance for habits of the field
 * @param loops number of event loops, 1 to 256; {@value #AUTO_LOOPS}: one for every two processors ({@code auto})
 * @param trace clients whose packets are logged one by one
 * @param logLevel what is logged
 * @param admin the endpoint for metrics and health
 */
public record GatewayConfig(
        int gatewayId,
        @Nullable Path dataDir,
        StoreConfig store,
        List<LinkConfig> links,
        UpstreamConfig upstream,
        List<BridgeConfig> bridges,
        List<TopicConfig> topics,
        RetryConfig retry,
        ClientsConfig clients,
        KeepAliveTolerance keepAliveTolerance,
        SessionsConfig sessions,
        QueuesConfig queues,
        QuirksConfig quirks,
        int loops,
        List<ClientPattern> trace,
        LogLevel logLevel,
        AdminConfig admin) {

    /** As many event loops as suit the machine. */
    public static final int AUTO_LOOPS = 0;

    static final Bounds<Integer> GATEWAY_ID = new Bounds<>(1, 255);
    static final Bounds<Integer> LOOPS = new Bounds<>(1, 256);

    /** What holds without a file. */
    public static final GatewayConfig DEFAULT = defaultsIn(Path.of(""));

    /** What holds for every key that a file in this directory leaves out. */
    public static GatewayConfig defaultsIn(Path directory) {
        return new GatewayConfig(
                1,
                directory.resolve("data").normalize(),
                StoreConfig.DEFAULT,
                List.of(
                        UdpLink.on(new HostPort("0.0.0.0", 1883), List.of(new HostPort("225.1.1.1", 1883))),
                        UdpLink.on(new HostPort("::", 1883))),
                IntegratedUpstream.DEFAULT,
                List.of(),
                List.of(),
                RetryConfig.DEFAULT,
                ClientsConfig.DEFAULT,
                KeepAliveTolerance.DEFAULT,
                SessionsConfig.DEFAULT,
                QueuesConfig.DEFAULT,
                QuirksConfig.DEFAULT,
                AUTO_LOOPS,
                List.of(),
                LogLevel.INFO,
                AdminConfig.DEFAULT);
    }

    /** @throws IllegalArgumentException if a value is out of bounds, or there is no link */
    public GatewayConfig {
        GATEWAY_ID.require("gateway-id", gatewayId);
        Objects.requireNonNull(store);
        links = List.copyOf(links);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("there is no link");
        }
        Objects.requireNonNull(upstream);
        bridges = List.copyOf(bridges);
        topics = List.copyOf(topics);
        Objects.requireNonNull(retry);
        Objects.requireNonNull(clients);
        Objects.requireNonNull(keepAliveTolerance);
        Objects.requireNonNull(sessions);
        Objects.requireNonNull(queues);
        Objects.requireNonNull(quirks);
        if (loops != AUTO_LOOPS) {
            LOOPS.require("loops", loops);
        }
        trace = List.copyOf(trace);
        Objects.requireNonNull(logLevel);
        Objects.requireNonNull(admin);
    }

    /**
     * The same settings, but topics, clients and trace of another file: what can change while the gateway
     * runs.
     */
    public GatewayConfig withReloadableOf(GatewayConfig other) {
        return new GatewayConfig(
                gatewayId,
                dataDir,
                store,
                links,
                upstream,
                bridges,
                other.topics,
                retry,
                other.clients,
                keepAliveTolerance,
                sessions,
                queues,
                quirks,
                loops,
                other.trace,
                logLevel,
                admin);
    }
}

package io.causeway.gateway.config;

import io.causeway.gateway.config.IntegratedUpstream.Retained;
import io.causeway.gateway.config.ServerTlsConfig.ClientCertificates;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code upstream} in mode integrated. */
final class IntegratedReader {
    private static final ValueType<ListenUri> LISTEN = new ValueType<>(
            "host:port, mqtt://host:port, mqtts://host:port, ws://host:port/path, wss://host:port/path, or none alone",
            ListenUri::parse);

    private IntegratedReader() {}

    static UpstreamConfig upstream(Section section, ClientsConfig clients) {
        IntegratedUpstream defaults = IntegratedUpstream.DEFAULT;
        List<ListenUri> listen =
                section.is("listen", "none") ? List.of() : section.values("listen", LISTEN, defaults.listen());
        Optional<ServerTlsConfig> tls = section.section("tls", IntegratedReader::tls, Optional.empty());
        boolean anonymous = section.value("anonymous", ValueType.FLAG, defaults.anonymous());
        int maxConnections = section.value(
                "max-connections", ValueType.integer(IntegratedUpstream.MAX_CONNECTIONS), defaults.maxConnections());
        long maxPacket =
                section.value("max-packet", ValueType.octets(IntegratedUpstream.MAX_PACKET), defaults.maxPacket());
        int maxInflight = section.value(
                "max-inflight", ValueType.integer(IntegratedUpstream.MAX_INFLIGHT), defaults.maxInflight());
        QueuesConfig queue =
                section.section("queue", each -> ConfigReader.queues(each, defaults.queue()), defaults.queue());
        Retained retained = section.section("retained", IntegratedReader::retained, defaults.retained());
        var sessionExpiry = section.value(
                "session-expiry",
                ValueType.duration(SessionsConfig.EXPIRY).or("none", SessionsConfig.NEVER),
                defaults.sessionExpiry());
        String eventsTopic = section.value(
                "events-topic", ValueType.TEXT.as(TopicText::requireName).or("none", ""), defaults.eventsTopic());
        var statusInterval = section.value(
                "status-interval",
                ValueType.duration(IntegratedUpstream.STATUS_INTERVAL).or("none", IntegratedUpstream.NO_STATUS),
                defaults.statusInterval());
        if (!anonymous) {
            requireCredentials(section, listen, tls, clients);
        }
        return section.<UpstreamConfig>build(
                        "tls with mqtts:// or wss:// in listen, or neither",
                        () -> new IntegratedUpstream(
                                listen,
                                tls.orElse(null),
                                anonymous,
                                maxConnections,
                                maxPacket,
                                maxInflight,
                                queue,
                                retained,
                                sessionExpiry,
                                eventsTopic,
                                statusInterval))
                .orElse(defaults);
    }

    /** A broker that everybody on the network can use must be wanted so. */
    private static void requireCredentials(
            Section section, List<ListenUri> listen, Optional<ServerTlsConfig> tls, ClientsConfig clients) {
        boolean certificates = tls.filter(each -> each.clientCertificates() == ClientCertificates.REQUIRED)
                .isPresent();
        for (ListenUri each : listen) {
            boolean guarded = clients.usersFile() != null || (each.scheme().usesTls() && certificates);
            if (!each.isLoopback() && !guarded) {
                section.refuse(
                        "listen",
                        each + " would let in everybody on the network",
                        "a loopback address, clients.users-file, tls.client-certificates: required, or anonymous: true");
            }
        }
    }

    private static Optional<ServerTlsConfig> tls(Section section) {
        Optional<Path> certificate = section.required("certificate", section.file());
        Optional<Path> key = section.required("key", section.file());
        Secret keyPassword = UpstreamReader.secret(section, "key-password");
        List<Path> clientCa = section.value("client-ca-file", section.file().as(List::of), List.of());
        ClientCertificates certificates = section.value(
                "client-certificates",
                ValueType.oneOf(ClientCertificates.class),
                clientCa.isEmpty() ? ClientCertificates.NONE : ClientCertificates.REQUIRED);
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return section.build(
                "client-certificates with client-ca-file, or neither",
                () -> new ServerTlsConfig(certificate.get(), key.get(), keyPassword, clientCa, certificates));
    }

    private static Retained retained(Section section) {
        return new Retained(
                section.value("messages", ValueType.integer(Retained.MESSAGES), Retained.DEFAULT.messages()),
                section.value("octets", ValueType.octets(Retained.OCTETS), Retained.DEFAULT.octets()));
    }
}

package io.causeway.gateway.config;

import io.causeway.gateway.config.AggregatingUpstream.Credentials;
import io.causeway.gateway.config.AggregatingUpstream.Queue;
import io.causeway.gateway.config.AggregatingUpstream.Reconnect;
import io.causeway.settings.Section;
import io.causeway.settings.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code upstream}. */
final class UpstreamReader {
    private static final ValueType<BrokerUri> BROKER = new ValueType<>(
            "mqtt://host:port, mqtts://host:port, ws://host:port/path, wss://host:port/path", BrokerUri::parse);
    private static final ValueType<String> TOPIC_PREFIX =
            new ValueType<>("levels of a topic name, each with its slash, like site-7/", TopicText::requirePrefix);
    private static final ValueType<String> CLIENT_ID = new ValueType<>("1 to 256 characters", text -> {
        if (!AggregatingUpstream.CLIENT_ID_CHARACTERS.contain(text.length())) {
            throw new IllegalArgumentException("the client id has " + text.length() + " characters");
        }
        return text;
    });

    /** Takes the place of an address that has been refused, while the other keys are still read. */
    private static final BrokerUri REFUSED = BrokerUri.parse("mqtt://refused");

    private enum Mode {
        INTEGRATED,
        AGGREGATING
    }

    private UpstreamReader() {}

    static UpstreamConfig upstream(Section section, int gatewayId, ClientsConfig clients, boolean hasDataDir) {
        Optional<Mode> mode = section.value("mode", ValueType.oneOf(Mode.class).notYet("transparent"));
        if (mode.isEmpty() && section.has("mode")) {
            section.ignoreRest();
            return IntegratedUpstream.DEFAULT;
        }
        return switch (mode.orElse(Mode.INTEGRATED)) {
            case INTEGRATED -> integrated(section, clients);
            case AGGREGATING -> aggregating(section, gatewayId, hasDataDir);
        };
    }

    private static UpstreamConfig integrated(Section section, ClientsConfig clients) {
        if (section.has("broker")) {
            section.refuse("broker", "mode integrated is the broker itself", "a broker in mode aggregating");
            section.ignoreRest();
            return IntegratedUpstream.DEFAULT;
        }
        return IntegratedReader.upstream(section, clients);
    }

    private static UpstreamConfig aggregating(Section section, int gatewayId, boolean hasDataDir) {
        JournalConfig journal = JournalReader.journal(section, JournalConfig.DEFAULT, hasDataDir);
        AggregatingUpstream one = connection(section, "causeway-" + gatewayId, journal);
        int connections = section.value("connections", ValueType.integer(AggregatingUpstream.CONNECTIONS), 1);
        boolean cleanSession = section.value("clean-session", ValueType.FLAG, false);
        String topicPrefix = section.value("topic-prefix", TOPIC_PREFIX, "");
        return new AggregatingUpstream(
                one.broker(),
                one.clientId(),
                connections,
                one.credentials(),
                one.keepAlive(),
                cleanSession,
                one.tls(),
                one.reconnect(),
                one.queue(),
                one.maxInflight(),
                one.maxPacket(),
                topicPrefix,
                one.connectTimeout(),
                one.journal());
    }

    /** One connection to a broker elsewhere: what all have in common who need one. */
    static AggregatingUpstream connection(Section section, String usualClientId, @Nullable JournalConfig journal) {
        Optional<BrokerUri> broker = section.required("broker", BROKER);
        AggregatingUpstream connection = new AggregatingUpstream(
                broker.orElse(REFUSED),
                section.value("client-id", CLIENT_ID, usualClientId),
                1,
                credentials(section),
                section.value(
                        "keep-alive",
                        ValueType.duration(AggregatingUpstream.KEEP_ALIVE),
                        AggregatingUpstream.USUAL_KEEP_ALIVE),
                false,
                section.section("tls", UpstreamReader::tls, TlsConfig.DEFAULT),
                section.section("reconnect", UpstreamReader::reconnect, Reconnect.DEFAULT),
                section.section("queue", UpstreamReader::queue, Queue.DEFAULT),
                section.value(
                        "max-inflight",
                        ValueType.integer(AggregatingUpstream.MAX_INFLIGHT),
                        AggregatingUpstream.USUAL_MAX_INFLIGHT),
                section.value(
                        "max-packet",
                        ValueType.octets(AggregatingUpstream.MAX_PACKET),
                        AggregatingUpstream.USUAL_MAX_PACKET),
                "",
                section.value(
                        "connect-timeout",
                        ValueType.duration(AggregatingUpstream.CONNECT_TIMEOUT),
                        AggregatingUpstream.USUAL_CONNECT_TIMEOUT),
                journal);
        if (section.has("tls") && broker.isPresent() && !broker.get().usesTls()) {
            section.refuse("tls", broker.get() + " does not use TLS", "tls with mqtts:// and wss://");
        }
        return connection;
    }

    private static Credentials credentials(Section section) {
        String user = section.value("user", ValueType.TEXT, "");
        Secret password = secret(section, "password");
        return section.build("user, or user with password", () -> new Credentials(user, password))
                .orElse(Credentials.NONE);
    }

    private static TlsConfig tls(Section section) {
        return new TlsConfig(
                section.value("ca-file", section.file().as(List::of), TlsConfig.DEFAULT.caFiles()),
                identity(section),
                section.values("alpn", ValueType.TEXT, TlsConfig.DEFAULT.alpn()),
                section.value("verify-hostname", ValueType.FLAG, TlsConfig.DEFAULT.verifyHostname()),
                section.value("server-name", ValueType.TEXT, TlsConfig.DEFAULT.serverName()));
    }

    private static ClientIdentity identity(Section section) {
        if (Stream.of("certificate", "key", "key-password", "key-password-file").noneMatch(section::has)) {
            return new ClientIdentity.Anonymous();
        }
        Optional<Path> certificate = section.required("certificate", section.file());
        Optional<Path> key = section.required("key", section.file());
        Secret keyPassword = secret(section, "key-password");
        if (certificate.isEmpty() || key.isEmpty()) {
            return new ClientIdentity.Anonymous();
        }
        return new ClientIdentity.Certificate(certificate.get(), key.get(), keyPassword);
    }

    /** A secret under a key, or in the file that the key with {@code -file} names, without its last line end. */
    static Secret secret(Section section, String key) {
        Optional<Secret> given = section.value(key, ValueType.TEXT.as(Secret::new));
        Optional<Secret> filed = section.value(key + "-file", section.file().as(UpstreamReader::readSecret));
        if (section.has(key) && section.has(key + "-file")) {
            section.refuse(key + "-file", "there is " + key + " too", "one of the two");
        }
        return given.or(() -> filed).orElse(Secret.NONE);
    }

    private static Secret readSecret(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException(file + " is empty");
            }
            return new Secret(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    private static Reconnect reconnect(Section section) {
        Duration min = section.value("min", ValueType.duration(Reconnect.PAUSE), Reconnect.DEFAULT.min());
        Duration max = section.value("max", ValueType.duration(Reconnect.PAUSE), Reconnect.DEFAULT.max());
        return section.build("min not above max", () -> new Reconnect(min, max)).orElse(Reconnect.DEFAULT);
    }

    private static Queue queue(Section section) {
        return new Queue(
                section.value("messages", ValueType.integer(Queue.MESSAGES), Queue.DEFAULT.messages()),
                section.value("octets", ValueType.octets(Queue.OCTETS), Queue.DEFAULT.octets()));
    }
}

package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.bridge.rules.BridgeRule;
import io.causeway.bridge.rules.BridgeRule.Direction;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;

class ConfigTemplateTest {
    private final ConfigReader reader = new ConfigReader(Map.of());

    private final Path directory;

    ConfigTemplateTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void templateAsPrinted_isValidAndEqualsTheDefaults() throws Exception {
        GatewayConfig config = reader.read(new SettingsFile("template", directory, ConfigTemplate.text()));

        assertThat(config).isEqualTo(GatewayConfig.defaultsIn(directory));
    }

    @Test
    void templateWithEverySettingUncommented_isValidAndSaysTheTruthAboutDefaults() throws Exception {
        for (String file : List.of("broker.password", "key.password", "ca.pem", "gateway.pem", "gateway.key")) {
            writeString(directory.resolve(file), "content of " + file + "\n");
        }
        writeString(directory.resolve("users"), "");
        writeString(directory.resolve("acl"), "");
        String everything = everything().replace("mode: integrated", "mode: aggregating");
        everything = without(everything, "  # For mode integrated.", "  # For mode aggregating");
        everything = without(everything, "# Bridges", "# Predefined topics");

        GatewayConfig config = reader.read(new SettingsFile("template", directory, everything));

        TlsConfig tls = new TlsConfig(
                List.of(directory.resolve("ca.pem")),
                new ClientIdentity.Certificate(
                        directory.resolve("gateway.pem"),
                        directory.resolve("gateway.key"),
                        new Secret("content of key.password")),
                List.of("mqtt"),
                true,
                "broker.example");
        JournalConfig defaults = JournalConfig.DEFAULT;
        assertThat(config.upstream())
                .isEqualTo(new AggregatingUpstream(
                        BrokerUri.parse("mqtts://broker.example:8883"),
                        "causeway-1",
                        1,
                        new AggregatingUpstream.Credentials("causeway", new Secret("content of broker.password")),
                        Duration.ofSeconds(60),
                        false,
                        tls,
                        AggregatingUpstream.Reconnect.DEFAULT,
                        AggregatingUpstream.Queue.DEFAULT,
                        1000,
                        256L << 20,
                        "",
                        Duration.ofSeconds(10),
                        new JournalConfig(
                                defaults.acknowledge(),
                                defaults.qosZero(),
                                defaults.room(),
                                defaults.drainRate(),
                                List.of(new JournalConfig.Share(
                                        new TopicFilter("alarms/#"),
                                        new JournalConfig.Room(
                                                10_000,
                                                8L << 20,
                                                defaults.room().maxAge(),
                                                defaults.room().policy()))))));
        assertThat(config.topics())
                .containsExactly(
                        new TopicConfig(1, "sensors/temperature", ClientPattern.ALL),
                        new TopicConfig(2, "plant/{client}/state", new ClientPattern("pump-*")));
        assertThat(((UdpLink) config.links().get(0)).interfaces()).containsExactly("eth0");
        assertThat(config.links().subList(2, 4))
                .isEqualTo(new ConfigReader(Map.of())
                        .read(new SettingsFile(
                                "radios",
                                directory,
                                "links: [{type: xbee, port: /dev/ttyUSB0}, {type: serial, port: /dev/ttyACM0}]"))
                        .links());
    }

    @Test
    void templateWithEverySettingOfModeIntegrated_isValidAndSaysTheTruthAboutDefaults() throws Exception {
        for (String file : List.of("server.pem", "server.key", "key.password", "clients.pem")) {
            writeString(directory.resolve(file), "content of " + file + "\n");
        }
        writeString(directory.resolve("users"), "");
        writeString(directory.resolve("acl"), "");
        String everything = without(everything(), "  # For mode aggregating", "# Bridges")
                .replace("mqtt://127.0.0.1", "mqtts://127.0.0.1");

        GatewayConfig config = reader.read(new SettingsFile("template", directory, everything));

        IntegratedUpstream defaults = IntegratedUpstream.DEFAULT;
        assertThat(config.upstream())
                .isEqualTo(new IntegratedUpstream(
                        List.of(ListenUri.parse("mqtts://127.0.0.1:1883")),
                        new ServerTlsConfig(
                                directory.resolve("server.pem"),
                                directory.resolve("server.key"),
                                new Secret("content of key.password"),
                                List.of(directory.resolve("clients.pem")),
                                ServerTlsConfig.ClientCertificates.REQUIRED),
                        defaults.anonymous(),
                        defaults.maxConnections(),
                        defaults.maxPacket(),
                        defaults.maxInflight(),
                        defaults.queue(),
                        defaults.retained(),
                        defaults.sessionExpiry(),
                        defaults.eventsTopic(),
                        defaults.statusInterval()));
        assertThat(config.bridges()).singleElement().satisfies(bridge -> {
            assertThat(bridge.name()).isEqualTo("cloud");
            assertThat(bridge.connection().clientId()).isEqualTo("causeway-1-cloud");
            assertThat(bridge.rules())
                    .containsExactly(
                            new BridgeRule(
                                    new TopicFilter("sensors/#"), Direction.OUT, Qos.AT_LEAST_ONCE, "", "site-7/"),
                            new BridgeRule(
                                    new TopicFilter("commands/#"), Direction.IN, Qos.EXACTLY_ONCE, "", "site-7/"));
        });
        assertThat(config.clients())
                .isEqualTo(new ClientsConfig(
                        List.of(ClientPattern.ALL), directory.resolve("users"), directory.resolve("acl")));
    }

    private static String everything() {
        return ConfigTemplate.text()
                .replaceAll("(?m)^( *)#(?=[a-z]|- type|  - | {4,}(- [{]|[a-z]+:))", "$1")
                .replace("topics: []", "topics:")
                .replace("bridge: []", "bridge:");
    }

    /** The text without what stands between the two marks. */
    private static String without(String text, String from, String to) {
        return text.substring(0, text.indexOf(from)) + text.substring(text.indexOf(to));
    }

    @Test
    void aggregatingWithABrokerOnly_hasTheDefaultsOfTheTemplate() throws Exception {
        GatewayConfig config = reader.read(
                new SettingsFile("short", directory, "upstream: {mode: aggregating, broker: \"mqtt://localhost\"}"));

        assertThat(config.upstream())
                .isEqualTo(new AggregatingUpstream(
                        BrokerUri.parse("mqtt://localhost:1883"),
                        "causeway-1",
                        1,
                        AggregatingUpstream.Credentials.NONE,
                        Duration.ofSeconds(60),
                        false,
                        TlsConfig.DEFAULT,
                        AggregatingUpstream.Reconnect.DEFAULT,
                        AggregatingUpstream.Queue.DEFAULT,
                        1000,
                        256L << 20,
                        "",
                        Duration.ofSeconds(10),
                        JournalConfig.DEFAULT));
    }
}

package io.causeway.gateway.config;

import io.causeway.access.ClientPattern;
import io.causeway.routing.TopicFilter;
import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.HostPort;
import io.causeway.settings.SettingsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigReaderTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("BROKER_HOST", "broker.example", "BROKER_PASSWORD", "pa$$\\word");

    private final Path directory;

    ConfigReaderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "{}"})
    void nothingGiven_isTheDefault(String yaml) throws Exception {
        assertThat(parse(yaml)).isEqualTo(GatewayConfig.defaultsIn(directory));
    }

    @Test
    void fileNestedBeyondAllReason_isRefusedWithItsPlace() {
        String yaml = "links: " + "[".repeat(20_000) + "]".repeat(20_000);

        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains(":1:")
                                .contains("nested more than 50 levels deep"));
    }

    @Test
    void everySettingGiven_isRead() throws Exception {
        GatewayConfig config = parse("""
                gateway-id: 7
                data-dir: state/causeway
                store: {commit-interval: 0ms, commit-changes: 1}
                links:
                  - {type: udp, bind: "127.0.0.1:0"}
                  - type: udp
                    bind: "[::1]:1884"
                    discovery-group: ["[ff02::1]:1884", "[ff03::1]:1884"]
                    interfaces: [eth0, wlan0]
                    advertise: 65535s
                    receive-buffer: 1MiB
                    max-packet: 1024
                topics:
                  - {id: 1, name: sensors/temperature}
                  - {id: 1, name: "plant/{client}/state", clients: "pump-*"}
                retry: {interval: 500ms, count: 0}
                clients: {allow: [a*, b?]}
                keep-alive-tolerance: spec
                sessions: {max: 10, connect-rate: 3/s, connect-rate-per-address: 2/s, expiry: 2h}
                queues: {messages: 5, octets: 2000, policy: drop-newest}
                quirks:
                  strip-trailing-nuls: false
                  sleeper-ping-moves: false
                  qos-minus-one: false
                  qos-minus-one-inline-topics: true
                loops: 2
                trace: "pump-7"
                log-level: debug
                admin: none
                """);

        UdpLink second = new UdpLink(
                HostPort.parse("[::1]:1884"),
                List.of(HostPort.parse("[ff02::1]:1884"), HostPort.parse("[ff03::1]:1884")),
                List.of("eth0", "wlan0"),
                Duration.ofSeconds(65_535),
                1 << 20,
                1024,
                null);
        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        7,
                        directory.resolve("state/causeway"),
                        new StoreConfig(Duration.ZERO, 1),
                        List.of(UdpLink.on(HostPort.parse("127.0.0.1:0")), second),
                        IntegratedUpstream.DEFAULT,
                        List.of(),
                        List.of(
                                new TopicConfig(1, "sensors/temperature", ClientPattern.ALL),
                                new TopicConfig(1, "plant/{client}/state", new ClientPattern("pump-*"))),
                        new RetryConfig(Duration.ofMillis(500), 0),
                        new ClientsConfig(List.of(new ClientPattern("a*"), new ClientPattern("b?")), null, null),
                        new KeepAliveTolerance.Specified(),
                        new SessionsConfig(10, 3, 2, Duration.ofHours(2)),
                        new QueuesConfig(5, 2000, QueuesConfig.Policy.DROP_NEWEST),
                        new QuirksConfig(false, false, false, true),
                        2,
                        List.of(new ClientPattern("pump-7")),
                        LogLevel.DEBUG,
                        new AdminConfig.Disabled()));
    }

    @Test
    void severalMistakes_areAllNamedInTheOrderOfTheFile() {
        assertThat(problems("""
                        gatway-id: 7
                        links:
                          - type: udp
                            bind: "::1:1883"
                            advertise: 20h
                        retry: {interval: 10, count: many}
                        admin: {listen: "127.0.0.1:99999"}
                        """))
                .containsExactly(
                        "test.yaml:1:1: gatway-id: unknown key, did you mean 'gateway-id'?; allowed: gateway-id, data-dir, "
                                + "clients, store, links, upstream, bridge, topics, retry, keep-alive-tolerance, sessions, queues, "
                                + "quirks, loops, trace, log-level, admin",
                        "test.yaml:4:11: links[0].bind: an IPv6 address needs brackets, like [::1]; "
                                + "allowed: host:port or [IPv6 address]:port",
                        "test.yaml:5:16: links[0].advertise: '20h' is out of range; allowed: 1s to 65535s",
                        "test.yaml:6:19: retry.interval: '10' has no unit (known: d, h, m, s, ms); "
                                + "allowed: 100ms to 10m",
                        "test.yaml:6:30: retry.count: 'many' is no whole number; allowed: 0 to 20",
                        "test.yaml:7:17: admin.listen: '99999' is no port, 0 to 65535; "
                                + "allowed: host:port or [IPv6 address]:port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway-id: 0 | 1:13: gateway-id: '0' is out of range; allowed: 1 to 255",
                "gateway-id: 256 | 1:13: gateway-id: '256' is out of range; allowed: 1 to 255",
                "gateway-id: 1.5 | 1:13: gateway-id: '1.5' is no whole number; allowed: 1 to 255",
                "gateway-id: [1] | 1:13: gateway-id: this is a list; allowed: 1 to 255",
                "gateway-id: | 1:12: gateway-id: this is empty; allowed: 1 to 255",
                "data-dir: taken | 1:11: data-dir: DIR/taken is a file; allowed: a directory",
                "data-dir: \"\" | 1:11: data-dir: the text is empty; allowed: a directory",
                "store: {commit-interval: 11s} | 1:26: store.commit-interval: '11s' is out of range; "
                        + "allowed: 0ms to 10s",
                "store: {commit-changes: 0} | 1:25: store.commit-changes: '0' is out of range; allowed: 1 to 100000",
                "links: [] | 1:8: links: the list is empty; allowed: at least one link",
                "links: udp | 1:8: links: this is a single value; allowed: a list",
                "links: [udp] | 1:9: links[0]: this is a single value; allowed: keys with values",
                "links: [{bind: \"a:1\"}] | 1:9: links[0].type: the key is missing; " + "allowed: udp, xbee, serial",
                "links: [{type: udp}] | 1:9: links[0].bind: the key is missing; "
                        + "allowed: host:port or [IPv6 address]:port",
                "links: [{type: dtls, bind: x}] | 1:16: links[0].type: 'dtls' is not there yet in this version; "
                        + "allowed: udp, xbee, serial",
                "links: [{type: usb, port: x}] | 1:16: links[0].type: 'usb' is not known; allowed: udp, xbee, serial",
                "links: [{type: xbee}] | 1:9: links[0].port: the key is missing; "
                        + "allowed: a device, like /dev/ttyUSB0, or usb:VENDOR:PRODUCT[:SERIAL]",
                "links: [{type: xbee, port: \"usb:xy\"}] | 1:28: links[0].port: 'usb:xy' is not "
                        + "usb:VENDOR:PRODUCT[:SERIAL] with hexadecimal ids; "
                        + "allowed: a device, like /dev/ttyUSB0, or usb:VENDOR:PRODUCT[:SERIAL]",
                "links: [{type: xbee, port: /dev/x, api-mode: 3}] | 1:46: links[0].api-mode: '3' is out of range; "
                        + "allowed: 1 to 2, auto",
                "links: [{type: xbee, port: /dev/x, window: 9}] | 1:44: links[0].window: '9' is out of range; "
                        + "allowed: 1 to 8",
                "links: [{type: xbee, port: /dev/x}, {type: serial, port: /dev/x}] | 1:58: links[1].port: "
                        + "/dev/x is taken by a link above; allowed: each port once",
                "links: [{type: serial, port: /dev/x, framing: cobs}] | 1:47: links[0].framing: 'cobs' is not known; "
                        + "allowed: raw, slip, slip-crc",
                "links: [{type: serial, port: /dev/x, prefix-octets: 2}] | 1:9: links[0]: prefix octets need a framing "
                        + "of slip or slip-crc; allowed: prefix-octets with a framing of slip or slip-crc",
                "links: [{type: udp, bind: \"0.0.0.0:1\", discovery-group: \"10.0.0.1:1\"}] | 1:57: "
                        + "links[0].discovery-group: 10.0.0.1 is no multicast address; "
                        + "allowed: a multicast address and port, like 225.1.1.1:1883",
                "links: [{type: udp, bind: \"0.0.0.0:1\", discovery-group: \"[ff02::1]:1\"}] | 1:9: links[0]: "
                        + "discovery-group [ff02::1]:1 and bind 0.0.0.0:1 are of different IP versions; "
                        + "allowed: groups of the IP version of bind",
                "links: [{type: udp, bind: \"a:1\"}, {type: udp, bind: \"a:1\"}] | 1:53: links[1].bind: "
                        + "a:1 is taken by a link above; allowed: each address once",
                "links: [{type: udp, bind: \"a:1\", max-packet: 65508}] | 1:46: links[0].max-packet: "
                        + "'65508' is out of range; allowed: 32 to 65507",
                "links: [{type: udp, bind: \"a:1\", receive-buffer: 4MB}] | 1:50: links[0].receive-buffer: "
                        + "'4MB' has an unknown unit (known: GiB, MiB, KiB); allowed: 64KiB to 1GiB",
                "upstream: {listen: x} | 1:20: upstream.listen: 'x' has no port; allowed: host:port, mqtt://host:port, "
                        + "mqtts://host:port, ws://host:port/path, wss://host:port/path, or none alone",
                "upstream: {listen: \"0.0.0.0:1883\"} | 1:20: upstream.listen: mqtt://0.0.0.0:1883 would let in "
                        + "everybody on the network; allowed: a loopback address, clients.users-file, "
                        + "tls.client-certificates: required, or anonymous: true",
                "upstream: {listen: \"mqtts://127.0.0.1:1\"} | 1:11: upstream: "
                        + "a listener with TLS needs tls.certificate and tls.key; "
                        + "allowed: tls with mqtts:// or wss:// in listen, or neither",
                "upstream: {listen: \"mqtt://127.0.0.1:1/x\"} | 1:20: upstream.listen: '/x' is no path for mqtt; allowed: "
                        + "host:port, mqtt://host:port, mqtts://host:port, ws://host:port/path, wss://host:port/path, "
                        + "or none alone",
                "upstream: {max-packet: 1023} | 1:24: upstream.max-packet: '1023' is out of range; "
                        + "allowed: 1KiB to 256MiB",
                "upstream: {events-topic: a/#} | 1:26: upstream.events-topic: 'a/#' holds a wildcard, + or #; "
                        + "allowed: text, none",
                "upstream: {mode: transparent} | 1:18: upstream.mode: "
                        + "'transparent' is not there yet in this version; allowed: integrated, aggregating",
                "upstream: {broker: \"mqtt://a\", user: x} | 1:20: upstream.broker: "
                        + "mode integrated is the broker itself; allowed: a broker in mode aggregating",
                "upstream: {mode: aggregating} | 1:11: upstream.broker: the key is missing; allowed: "
                        + "mqtt://host:port, mqtts://host:port, ws://host:port/path, wss://host:port/path",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", tls: {alpn: x}} | 1:56: upstream.tls: "
                        + "mqtt://a:1883 does not use TLS; allowed: tls with mqtts:// and wss://",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", password: x} | 1:11: upstream: "
                        + "a password needs a user; allowed: user, or user with password",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", reconnect: {min: 2s, max: 1s}} | 1:62: "
                        + "upstream.reconnect: min is longer than max; allowed: min not above max",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", topic-prefix: a/#} | 1:65: "
                        + "upstream.topic-prefix: 'a/#' holds a wildcard, + or #; "
                        + "allowed: levels of a topic name, each with its slash, like site-7/",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", topic-prefix: site} | 1:65: "
                        + "upstream.topic-prefix: 'site' does not end with a slash; "
                        + "allowed: levels of a topic name, each with its slash, like site-7/",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", journal: on} | 1:60: upstream.journal: "
                        + "this is a single value; allowed: keys with values, none",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", journal: {filters: [{filter: a#}]}} | 1:80: "
                        + "upstream.journal.filters[0].filter: not a topic filter: a#; "
                        + "allowed: a topic filter, like alarms/#",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", journal: {policy: drop}} | 1:69: "
                        + "upstream.journal.policy: 'drop' is not known; allowed: refuse, drop-oldest",
                "upstream: {mode: aggregating, broker: \"mqtt://a\", journal: {acknowledge: never}} | 1:74: "
                        + "upstream.journal.acknowledge: 'never' is not known; allowed: broker, journal",
                "{data-dir: none, upstream: {mode: aggregating, broker: \"mqtt://a\", journal: {qos0: true}}} | 1:77: "
                        + "upstream.journal: with data-dir: none there is no place for it; allowed: none, or a data-dir",
                "upstream: {mode: aggregating, broker: \"mqtts://a\", tls: {ca-file: absent.pem}} | 1:67: "
                        + "upstream.tls.ca-file: there is no file to read at DIR/absent.pem; "
                        + "allowed: a file that can be read",
                "topics: [{id: 0, name: a}] | 1:15: topics[0].id: '0' is out of range; allowed: 1 to 65534",
                "topics: [{id: 65535, name: a}] | 1:15: topics[0].id: '65535' is out of range; allowed: 1 to 65534",
                "topics: [{id: 1, name: a/+}] | 1:24: topics[0].name: 'a/+' holds a wildcard, + or #; allowed: text",
                "topics: [{id: 1, name: \"a\\0\"}] | 1:24: topics[0].name: it holds the character NUL; allowed: text",
                "topics: [{id: 1, name: \"\"}] | 1:24: topics[0].name: the text is empty; allowed: text",
                "topics: [{id: 1, name: a}, {id: 1, name: b}] | 1:33: topics[1].id: "
                        + "1 has been given before for clients '*'; allowed: each id once",
                "clients: {alow: [x]} | 1:11: clients.alow: unknown key, did you mean 'allow'?; "
                        + "allowed: allow, users-file, acl-file",
                "keep-alive-tolerance: 0.9 | 1:23: keep-alive-tolerance: '0.9' is out of range; "
                        + "allowed: 1.0 to 100.0, spec",
                "keep-alive-tolerance: loose | 1:23: keep-alive-tolerance: 'loose' is no number; "
                        + "allowed: 1.0 to 100.0, spec",
                "sessions: {connect-rate: 100} | 1:26: sessions.connect-rate: '100' is no rate, like 100/s; "
                        + "allowed: 1/s to 1000000/s",
                "sessions: {expiry: never} | 1:20: sessions.expiry: 'never' is no length of time; "
                        + "allowed: 1s to 3650d, none",
                "queues: {policy: reject} | 1:18: queues.policy: 'reject' is not known; "
                        + "allowed: drop-oldest, drop-newest",
                "quirks: {qos-minus-one: yes} | 1:25: quirks.qos-minus-one: 'yes' is neither true nor false; "
                        + "allowed: true, false",
                "loops: 0 | 1:8: loops: '0' is out of range; allowed: 1 to 256, auto",
                "log-level: verbose | 1:12: log-level: 'verbose' is not known; "
                        + "allowed: error, warn, info, debug, trace",
                "admin: off | 1:8: admin: this is a single value; allowed: keys with values, none",
                "user: ${NOT_SET} | 1:1: user: unknown key; allowed: gateway-id, data-dir, clients, store, links, upstream, bridge, "
                        + "topics, retry, keep-alive-tolerance, sessions, queues, quirks, loops, trace, log-level, admin",
                "trace: [\"${NOT_SET}\"] | 1:9: trace[0]: the environment has no NOT_SET; "
                        + "allowed: a pattern of client ids, * any characters, ? one",
                "[a, b] | 1:1: this is a list; allowed: keys with values",
                "[a]: b | 1:1: a key cannot be a list; allowed: a word",
            })
    void mistake_isNamedWithPlaceAndWhatIsAllowed(String yaml, String problem) throws Exception {
        Files.writeString(directory.resolve("taken"), "");

        assertThat(problems(yaml)).containsExactly("test.yaml:" + problem.replace("DIR", directory.toString()));
    }

    @Test
    void keyGivenTwice_isRefusedWithTheFirstLine() {
        assertThat(problems("loops: 1\nloops: 2\n"))
                .containsExactly(
                        "test.yaml:2:1: loops: the key has been given before in line 1; allowed: each key once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"links: [", "a: b: c", "trace: *", "\ttabs: 1", "a: &x [*x]\n- b", "--- a\n--- b\n"})
    void textThatIsNoYaml_isRefusedWithPlace(String yaml) {
        assertThat(problems(yaml)).singleElement().asString().matches("test\\.yaml:\\d+:\\d+: no YAML: .+");
    }

    @Test
    void listThatHoldsItself_isRefused() {
        assertThat(problems("topics: &x [*x]")).singleElement().asString().contains("topics[0]: this is a list");
    }

    @Test
    void textWithVariables_isCompletedFromTheEnvironment() throws Exception {
        GatewayConfig config = parse("""
                upstream:
                  mode: aggregating
                  broker: "mqtt://${BROKER_HOST}:1884"
                  user: causeway
                  password: "${BROKER_PASSWORD}"
                """);

        assertThat(config.upstream()).isInstanceOfSatisfying(AggregatingUpstream.class, upstream -> {
            assertThat(upstream.broker()).hasToString("mqtt://broker.example:1884");
            assertThat(upstream.credentials().password().value()).isEqualTo("pa$$\\word");
        });
    }

    @Test
    void password_isNotPrinted() throws Exception {
        GatewayConfig config =
                parse("upstream: {mode: aggregating, broker: \"mqtt://a\", user: u, password: \"${BROKER_PASSWORD}\"}");

        assertThat(config.toString()).doesNotContain("pa$$").contains("***");
    }

    @Test
    void passwordGivenTwice_isRefused() throws Exception {
        Files.writeString(directory.resolve("secret"), "x\n");

        assertThat(
                        problems(
                                "upstream: {mode: aggregating, broker: \"mqtt://a\", user: u, password: p, password-file: secret}"))
                .singleElement()
                .asString()
                .contains("upstream.password-file: there is password too; allowed: one of the two");
    }

    @Test
    void keyPasswordWithoutKeyAndCertificate_isRefused() {
        assertThat(problems("upstream: {mode: aggregating, broker: \"mqtts://a\", tls: {key-password: x}}"))
                .containsExactly(
                        "test.yaml:1:57: upstream.tls.certificate: the key is missing; allowed: a file that can be read",
                        "test.yaml:1:57: upstream.tls.key: the key is missing; allowed: a file that can be read");
    }

    @Test
    void emptyPasswordFile_isRefused() throws Exception {
        Files.writeString(directory.resolve("secret"), "\n");

        assertThat(problems("upstream: {mode: aggregating, broker: \"mqtt://a\", user: u, password-file: secret}"))
                .singleElement()
                .asString()
                .contains("upstream.password-file: " + directory.resolve("secret") + " is empty");
    }

    @Test
    void file_isReadAndItsPathsAreRelativeToIt() throws Exception {
        Files.writeString(directory.resolve("ca.pem"), "a certificate");
        Path file = directory.resolve("causeway.yaml");
        Files.writeString(file, "upstream: {mode: aggregating, broker: \"mqtts://a\", tls: {ca-file: ca.pem}}");

        GatewayConfig config = new ConfigReader(ENVIRONMENT).read(file);

        assertThat(((AggregatingUpstream) config.upstream()).tls().caFiles())
                .containsExactly(directory.resolve("ca.pem"));
    }

    @Test
    void absentFile_isNamed() {
        Path absent = directory.resolve("absent.yaml");

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> new ConfigReader(ENVIRONMENT).read(absent));

        assertThat(refused).hasMessage(absent + ": there is no such file");
    }

    @Test
    void fileThatIsNoUtf8_isNamed() throws Exception {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, "# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> new ConfigReader(ENVIRONMENT).read(file));

        assertThat(refused).hasMessage(file + ": the file is not UTF-8");
    }

    @Test
    void directoryInsteadOfAFile_isNamed() {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> new ConfigReader(ENVIRONMENT).read(directory));

        assertThat(refused).hasMessageStartingWith(directory + ": cannot be read: ");
    }

    @Test
    void withoutDataDir_everythingIsInMemory() throws Exception {
        GatewayConfig config = parse("{data-dir: none, upstream: {mode: aggregating, broker: \"mqtt://a\"}}");

        assertThat(config.dataDir()).isNull();
        assertThat(((AggregatingUpstream) config.upstream()).journal()).isNull();
    }

    @Test
    void journal_canBeTurnedOffWhereItCouldBe() throws Exception {
        GatewayConfig config = parse("upstream: {mode: aggregating, broker: \"mqtt://a\", journal: none}");

        assertThat(config.dataDir()).isNotNull();
        assertThat(((AggregatingUpstream) config.upstream()).journal()).isNull();
    }

    @Test
    void journalGiven_isRead_andItsFiltersHaveItsBoundsWhereTheyGiveNone() throws Exception {
        GatewayConfig config = parse("""
                upstream:
                  mode: aggregating
                  broker: "mqtt://a"
                  journal:
                    acknowledge: journal
                    qos0: true
                    messages: 10
                    octets: 1MiB
                    max-age: 7d
                    policy: drop-oldest
                    drain-rate: 5/s
                    filters:
                      - {filter: "alarms/#", messages: 2}
                      - {filter: +/log, octets: 4KiB, max-age: none, policy: refuse}
                """);

        JournalConfig.Room whole =
                new JournalConfig.Room(10, 1L << 20, Duration.ofDays(7), JournalConfig.Policy.DROP_OLDEST);
        assertThat(((AggregatingUpstream) config.upstream()).journal())
                .isEqualTo(new JournalConfig(
                        JournalConfig.Acknowledge.JOURNAL,
                        true,
                        whole,
                        5,
                        List.of(
                                new JournalConfig.Share(
                                        new TopicFilter("alarms/#"),
                                        new JournalConfig.Room(2, whole.octets(), whole.maxAge(), whole.policy())),
                                new JournalConfig.Share(
                                        new TopicFilter("+/log"),
                                        new JournalConfig.Room(
                                                10,
                                                4L << 10,
                                                JournalConfig.Room.ANY_AGE,
                                                JournalConfig.Policy.REFUSE)))));
    }

    @Test
    void reloadable_areTopicsClientsAndTrace() throws Exception {
        GatewayConfig running = parse("gateway-id: 1");
        GatewayConfig changed =
                parse("{gateway-id: 9, topics: [{id: 1, name: a}], clients: {allow: [b]}, trace: [c], loops: 3}");

        GatewayConfig merged = running.withReloadableOf(changed);

        assertThat(merged.gatewayId()).isEqualTo(1);
        assertThat(merged.loops()).isEqualTo(running.loops());
        assertThat(merged.topics()).isEqualTo(changed.topics());
        assertThat(merged.clients()).isEqualTo(changed.clients());
        assertThat(merged.trace()).isEqualTo(changed.trace());
    }

    private GatewayConfig parse(String yaml) throws ConfigException {
        return new ConfigReader(ENVIRONMENT).read(new SettingsFile("test.yaml", directory, yaml));
    }

    private List<String> problems(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> parse(yaml));
        return refused.problems().stream().map(ConfigProblem::toString).toList();
    }
}

package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;
import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ScenarioReaderTest {
    private static final NetworkConditions ROUGH = new NetworkConditions(
            0.05,
            0.01,
            0.02,
            new Delay.Uniform(new Span<>(ofMillis(20), ofMillis(80))),
            250_000,
            ofMinutes(5),
            new Span<>(ofSeconds(5), ofSeconds(20)),
            ofMinutes(10));

    @Test
    void template_isAScenarioWithEveryKey() throws Exception {
        Scenario scenario = read(ShippedScenarios.template());

        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "template",
                        "Every key of a scenario, once.",
                        1,
                        new Phases(ofSeconds(10), ofMinutes(1), ofSeconds(10), ofMinutes(1)),
                        List.of(meters(), trackers(), beacons())));
    }

    private static Group meters() {
        return new Group(
                "meters",
                20,
                Firmware.STANDARD,
                new Connection(ofMinutes(1), false, true, ofSeconds(10), 3),
                new Report(
                        new Pace.Every(ofSeconds(10), 0.1),
                        Qos.AT_LEAST_ONCE,
                        false,
                        new TopicPattern("sim/{run}/{group}/{index}/report"),
                        PayloadTemplate.DEFAULT),
                new Alarms(
                        ofSeconds(30),
                        new Span<>(2, 5),
                        ofMillis(100),
                        Qos.EXACTLY_ONCE,
                        new TopicPattern("sim/{run}/{group}/{index}/alarm"),
                        new PayloadTemplate(
                                PayloadTemplate.Format.JSON, PayloadTemplate.Content.RANDOM_WALK, new Span<>(60, 120))),
                new Sleep(ofSeconds(30), 0.05),
                new Commands(
                        ofSeconds(20),
                        Qos.AT_LEAST_ONCE,
                        new TopicPattern("sim/{run}/{group}/{index}/command"),
                        payload(PayloadTemplate.Format.CBOR)),
                null,
                null,
                null,
                ROUGH);
    }

    private static Group trackers() {
        return new Group(
                "trackers",
                5,
                Firmware.STANDARD,
                Connection.DEFAULT,
                new Report(
                        new Pace.OnAcknowledgement(ofMillis(500)),
                        Qos.AT_LEAST_ONCE,
                        false,
                        new TopicPattern("sim/{run}/{group}/{index}/report"),
                        PayloadTemplate.DEFAULT),
                null,
                null,
                null,
                null,
                new Roaming(ofMinutes(1)),
                new BrownOuts(ofMinutes(2), new Span<>(ofSeconds(5), ofSeconds(30))),
                new NetworkConditions(
                        0.01,
                        0,
                        0,
                        Delay.NONE,
                        0,
                        Duration.ZERO,
                        new Span<>(Duration.ZERO, Duration.ZERO),
                        Duration.ZERO));
    }

    private static Group beacons() {
        return new Group(
                "beacons",
                5,
                Firmware.STANDARD,
                Connection.DEFAULT,
                null,
                null,
                null,
                null,
                new Beacon(ofSeconds(10), 0.1, 1, "parking/bay", payload(PayloadTemplate.Format.TEXT)),
                null,
                null,
                ROUGH);
    }

    private static PayloadTemplate payload(PayloadTemplate.Format format) {
        return new PayloadTemplate(format, PayloadTemplate.Content.COUNTER, new Span<>(32, 32));
    }

    @Test
    void shortestFile_hasTheDefaultsThatTheTemplateNames() throws Exception {
        Scenario scenario = read("""
                name: short
                steady: 1m
                groups:
                  - name: a
                    count: 1
                    report: {every: 10s}
                    alarms: {every: 30s}
                    sleep: {period: 30s}
                    commands: {every: 20s}
                """);

        assertThat(scenario.about()).isEmpty();
        assertThat(scenario.seed()).isEqualTo(1);
        assertThat(scenario.phases()).isEqualTo(new Phases(ofSeconds(10), ofMinutes(1), ofSeconds(10), ofMinutes(1)));
        assertThat(scenario.groups()).singleElement().satisfies(group -> {
            assertThat(group.connection()).isEqualTo(Connection.DEFAULT);
            assertThat(group.network()).isEqualTo(NetworkConditions.IDEAL);
            assertThat(group.firmware()).isEqualTo(Firmware.STANDARD);
            assertThat(group.report())
                    .isEqualTo(new Report(
                            new Pace.Every(ofSeconds(10), 0),
                            Qos.AT_LEAST_ONCE,
                            false,
                            new TopicPattern("sim/{run}/{group}/{index}/report"),
                            PayloadTemplate.DEFAULT));
            assertThat(group.alarms())
                    .isEqualTo(new Alarms(
                            ofSeconds(30),
                            new Span<>(1, 1),
                            Duration.ZERO,
                            Qos.AT_LEAST_ONCE,
                            new TopicPattern("sim/{run}/{group}/{index}/alarm"),
                            PayloadTemplate.DEFAULT));
            assertThat(group.sleep()).isEqualTo(new Sleep(ofSeconds(30), 0));
            assertThat(group.commands())
                    .isEqualTo(new Commands(
                            ofSeconds(20),
                            Qos.AT_LEAST_ONCE,
                            new TopicPattern("sim/{run}/{group}/{index}/command"),
                            PayloadTemplate.DEFAULT));
        });
    }

    @Test
    void delay_hasFourForms() {
        assertThat(ScenarioTypes.DELAY.parser().apply("80ms")).isEqualTo(new Delay.Fixed(ofMillis(80)));
        assertThat(ScenarioTypes.DELAY.parser().apply("20ms .. 80ms"))
                .isEqualTo(new Delay.Uniform(new Span<>(ofMillis(20), ofMillis(80))));
        assertThat(ScenarioTypes.DELAY.parser().apply("80ms+-20ms"))
                .isEqualTo(new Delay.Normal(ofMillis(80), ofMillis(20)));
        assertThat(ScenarioTypes.DELAY.parser().apply("80ms + 200ms"))
                .isEqualTo(new Delay.LongTail(ofMillis(80), ofMillis(280)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name      | ''        | text
            name      |           | text
            about     | []        | text
            seed      | -1        | 0 to 999999999
            seed      | random    | 0 to 999999999
            ramp-up   | -1s       | 0ms to 30d
            ramp-up   | 31d       | 0ms to 30d
            steady    | 0s        | 1ms to 30d
            steady    | 10        | 1ms to 30d
            drain     | soon      | 0ms to 30d
            ramp-down | {}        | 0ms to 30d
            network   | 5%        | keys with values
            groups    | none      | a list
            groups    | []        | at least one group, each with a name of its own
            group     | []        | name, about, seed, ramp-up, steady, ramp-down, drain, network, groups
            """)
    void ofTheScenario_isNamedWithWhatIsAllowed(String key, @Nullable String value, String allowed) {
        String others =
                "name: x\nsteady: 1m\ngroups: [{name: a, count: 1}]\n".replaceFirst("(?m)^" + key + ":.*\n", "");
        String problem = problemOf(key + ": " + (value == null ? "" : value) + "\n" + others);

        assertThat(problem).startsWith("test.yaml:1:").contains(allowed);
        assertThat(problem)
                .satisfiesAnyOf(
                        text -> assertThat(text).contains(": " + key + ": "),
                        text -> assertThat(text).contains("a scenario has at least one group"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name                     | a b          | 1 to 16 letters, digits, - and _
            name                     | ''           | text
            count                    | 0            | 1 to 1000000
            count                    | 1000001      | 1 to 1000000
            count                    | 1.5          | 1 to 1000000
            firmware                 | tasmota      | standard, emcute, asymcute, zephyr, paho, wolfmqtt, arduino
            colour                   | red          | name, count, firmware
            connection.keep-alive    | 0s           | 1s to 65535s
            connection.keep-alive    | 65536s       | 1s to 65535s
            connection.keep-alive    | 1500ms       | 1s to 65535s
            connection.clean-session | 1            | true, false
            connection.will          | yes          | true, false
            connection.retry-interval| 0s           | 1ms to 30d
            connection.retry-count   | 101          | 0 to 100
            connection.retries       | 1            | retry-interval, retry-count
            report.every             | 0s           | 1ms to 30d
            report.every             | often        | 1ms to 30d
            report.jitter            | 0.1          | 0% to 100%
            report.jitter            | 101%         | 0% to 100%
            report.qos               | -1           | 0 to 2
            report.qos               | 3            | 0 to 2
            report.retain            | 0            | true, false
            report.topic             | a/#          | without wildcards
            report.topic             | ''           | a topic of 1 to 200 characters
            report.rhythm            | 1s           | every
            report.payload           | 20           | keys with values
            report.payload.format    | xml          | octets, text, json, cbor
            report.payload.content   | sine         | counter, random-walk
            report.payload.octets    | -1           | 0 to 60000
            report.payload.octets    | 60001        | 0 to 60000
            report.payload.octets    | 9..5         | 0 to 60000, or two of them with .. between
            report.payload.octets    | ..           | 0 to 60000, or two of them with .. between
            report.payload.size      | 20           | format, content, octets
            alarms.every             | 0s           | 1ms to 30d
            alarms.burst             | 0            | 1 to 1000
            alarms.burst             | 2..1001      | 1 to 1000
            alarms.gap               | -1s          | 0ms to 30d
            alarms.qos               | two          | 0 to 2
            alarms.topic             | +            | without wildcards
            alarms.retain            | true         | every, burst, gap, qos, topic, payload
            sleep.period             | 0s           | 1s to 65535s
            sleep.period             | 100ms        | 1s to 65535s
            sleep.period             | 20h          | 1s to 65535s
            sleep.jitter             | 21%          | 0% to 20%
            sleep.every              | 1m           | period, jitter
            commands.every           | 0s           | 1ms to 30d
            commands.qos             | -1           | 0 to 2
            commands.topic           | all/{run}    | {client} or {index}
            commands.retain          | true         | every, qos, topic, payload
            beacon.every             | 0s           | 1ms to 30d
            beacon.jitter            | -5%          | 0% to 100%
            beacon.topic-id          | 0            | 1 to 65534
            beacon.topic-id          | 65535        | 1 to 65534
            beacon.topic             | ''           | without wildcards
            beacon.topic             | parking/#    | without wildcards
            beacon.qos               | 0            | every, jitter, topic-id, topic, payload
            roaming.every            | never        | 1ms to 30d
            roaming.far              | true         | every
            brown-outs.every         | 0s           | 1ms to 30d
            brown-outs.for           | 0s           | 1ms to 30d, or two of them with .. between
            brown-outs.for           | 9s..5s       | 1ms to 30d, or two of them with .. between
            brown-outs.length        | 5s           | every, for
            network.loss             | 0.05         | 0% to 100%
            network.duplication      | 200%         | 0% to 100%
            network.reordering       | '%'          | 0% to 100%
            network.delay            | 80           | 80ms: always
            network.delay            | 80ms..20ms   | 20ms..80ms: any between
            network.delay            | 80ms+-       | mean and deviation
            network.delay            | -80ms        | 80ms: always
            network.bandwidth        | 0bit/s       | 1bit/s to 100Mbit/s
            network.bandwidth        | 250          | 1bit/s to 100Mbit/s
            network.bandwidth        | 101Mbit/s    | 1bit/s to 100Mbit/s
            network.outages          | 5m           | keys with values
            network.outages.every    | 0s           | 1ms to 30d
            network.outages.for      | 0s           | 1ms to 30d
            network.outages.length   | 5s           | every, for
            network.nat-rebinding    | 0s           | 1ms to 30d
            network.latency          | 5ms          | loss, duplication, reordering, delay
            """)
    void ofAGroup_isNamedWithWhatIsAllowed(String path, String value, String allowed) {
        String yaml = "name: x\nsteady: 1m\ngroups:\n  - "
                + group(path, value).indent(4).strip() + "\n";

        assertThat(problemOf(yaml))
                .startsWith("test.yaml:")
                .contains("groups[0]")
                .contains(allowed);
        if (!allowed.contains("letters") && !allowed.startsWith("{client}")) {
            assertThat(problemOf(yaml)).contains(": groups[0]." + path + ": ");
        }
    }

    /** A good group in which this value is none that can be. */
    private static String group(String path, String value) {
        String[] keys = path.split("\\.", -1);
        String quoted = value.isEmpty() || value.startsWith("%") ? "'" + value + "'" : value;
        StringBuilder yaml = new StringBuilder();
        for (int depth = 0; depth < keys.length; depth++) {
            yaml.append(depth == 0 ? "" : "\n")
                    .append("  ".repeat(depth))
                    .append(keys[depth])
                    .append(": ");
        }
        yaml.append(quoted);
        if (!path.equals("name")) {
            yaml.insert(0, "name: a\n");
        }
        if (!path.equals("count")) {
            yaml.insert(0, "count: 1\n");
        }
        return yaml.toString();
    }

    @Test
    void sectionWithoutWhatItNeeds_isRefused() {
        assertThat(problemOf("{}")).contains("name: the key is missing", "steady: the key", "groups: the key");
        assertThat(problemOf(withGroup("{}"))).contains("groups[0].name: the key", "groups[0].count: the key");
        assertThat(problemOf(withTrait("report: {}")))
                .contains("report.every: the key is missing; allowed: every or pause");
        assertThat(problemOf(withTrait("alarms: {}"))).contains("alarms.every: the key is missing");
        assertThat(problemOf(withTrait("sleep: {}"))).contains("sleep.period: the key is missing");
        assertThat(problemOf(withTrait("commands: {}"))).contains("commands.every: the key is missing");
        assertThat(problemOf(withTrait("beacon: {}")))
                .contains("beacon.every: ", "beacon.topic-id: ", "beacon.topic: ");
        assertThat(problemOf(withTrait("roaming: {}"))).contains("roaming.every: the key is missing");
        assertThat(problemOf(withTrait("brown-outs: {}"))).contains("brown-outs.every: ", "brown-outs.for: ");
        assertThat(problemOf(withTrait("network: {outages: {}}"))).contains("outages.every: ", "outages.for: ");
        assertThat(problemOf("")).isEqualTo("test.yaml: there is nothing in the file");
    }

    @Test
    void whatDoesNotGoTogether_isRefused() {
        assertThat(problemOf(withTrait("report: {every: 1s, pause: 1s}")))
                .contains("report.pause: a report has either a rhythm or a pause");
        assertThat(problemOf(withTrait("report: {pause: 1s, qos: 0}")))
                .contains("a report at QoS 0 is not acknowledged", "every with any qos");
        assertThat(problemOf(withTrait("report: {pause: 1s, jitter: 5%}"))).contains("report.jitter: unknown key");
        assertThat(problemOf(withTrait("beacon: {every: 1s, topic-id: 1, topic: a}, sleep: {period: 1s}")))
                .contains("a beacon has no session", "beacon alone");
        assertThat(problemOf("name: x\nsteady: 1s\ngroups: [{name: a, count: 1}, {name: a, count: 2}]"))
                .contains("there are two groups 'a'");
    }

    private static String withGroup(String group) {
        return "name: x\nsteady: 1m\ngroups: [" + group + "]";
    }

    private static String withTrait(String trait) {
        return withGroup("{name: a, count: 1, " + trait + "}");
    }

    private static String problemOf(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return refused.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
    }

    private static Scenario read(String yaml) throws ConfigException {
        return ScenarioReader.read(new SettingsFile("test.yaml", Path.of("."), yaml));
    }
}

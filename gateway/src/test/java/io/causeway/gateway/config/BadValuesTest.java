package io.causeway.gateway.config;

import io.causeway.settings.ConfigException;
import io.causeway.settings.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every key of what is kept and bridged, with a value that it cannot have: its place, and what is allowed. */
class BadValuesTest {
    private final Path directory;

    BadValuesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            commit-interval | -1ms | 0ms to 10s
            commit-interval | 11s  | 0ms to 10s
            commit-interval | 10   | 0ms to 10s
            commit-interval | []   | 0ms to 10s
            commit-changes  | 0    | 1 to 100000
            commit-changes  | -1   | 1 to 100000
            commit-changes  | 100001 | 1 to 100000
            commit-changes  | many | 1 to 100000
            commit-changes  |      | 1 to 100000
            commit          | 1s   | commit-interval, commit-changes
            """)
    void ofStore_isNamedWithWhatIsAllowed(String key, @Nullable String value, String allowed) {
        assertRefused(List.of("store:"), "  ", Map.of(), key, value, "store." + key, allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acknowledge | nobody   | broker, journal
            qos0        | 1        | true, false
            messages    | 0        | 1 to 100000000
            messages    | -5       | 1 to 100000000
            messages    | 100000001| 1 to 100000000
            octets      | 4095     | 4KiB to 1024GiB
            octets      | 1025GiB  | 4KiB to 1024GiB
            octets      | 64MB     | 4KiB to 1024GiB
            max-age     | 0s       | 1s to 3650d, none
            max-age     | -1h      | 1s to 3650d, none
            max-age     | 3651d    | 1s to 3650d, none
            policy      | drop     | refuse, drop-oldest
            drain-rate  | 0/s      | 1/s to 1000000/s
            drain-rate  | 2000     | 1/s to 1000000/s
            drain-rate  | 1000001/s| 1/s to 1000000/s
            filters     | alarms   | a list
            size        | 1GiB     | acknowledge, qos0
            """)
    void ofJournal_isNamedWithWhatIsAllowed(String key, String value, String allowed) {
        assertRefused(
                List.of("upstream:", "  mode: aggregating", "  broker: mqtt://near.example", "  journal:"),
                "    ",
                Map.of(),
                key,
                value,
                "upstream.journal." + key,
                allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filter   | 'a#'  | a topic filter
            filter   | ''    | a topic filter
            messages | 0     | 1 to 100000000
            octets   | 1     | 4KiB to 1024GiB
            max-age  | 0s    | 1s to 3650d, none
            policy   | drop  | refuse, drop-oldest
            rate     | 1/s   | filter, messages, octets, max-age, policy
            """)
    void ofAFilterOfTheJournal_isNamedWithWhatIsAllowed(String key, String value, String allowed) {
        assertRefused(
                List.of(
                        "upstream:",
                        "  mode: aggregating",
                        "  broker: mqtt://near.example",
                        "  journal:",
                        "    filters:",
                        "      -"),
                "        ",
                Map.of("filter", "alarms/#"),
                key,
                "\"" + value + "\"",
                "upstream.journal.filters[0]." + key,
                allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name            | far away            | name | letters, digits, '-' and '_', 1 to 32
            name            | {}                  | name | letters, digits, '-' and '_', 1 to 32
            broker          | far.example         | broker | mqtt://host:port
            broker          | http://far.example  | broker | mqtt://host:port
            client-id       | ''                  | client-id | 1 to 256 characters
            user            | ''                  | user | text
            password        | secret              |      | user with password
            password-file   | nowhere             | password-file | a file that can be read
            keep-alive      | 0s                  | keep-alive | 1s to 65535s
            keep-alive      | -1s                 | keep-alive | 1s to 65535s
            keep-alive      | 19h                 | keep-alive | 1s to 65535s
            connect-timeout | 0s                  | connect-timeout | 100ms to 10m
            connect-timeout | 11m                 | connect-timeout | 100ms to 10m
            max-inflight    | 0                   | max-inflight | 1 to 5000
            max-packet      | 127                 | max-packet | 128 to 256MiB
            reconnect       | {min: 0s}           | reconnect.min | 10ms to 1h
            reconnect       | {max: -1s}          | reconnect.max | 10ms to 1h
            reconnect       | {min: 2s, max: 1s}  | reconnect | min not above max
            queue           | {messages: 0}       | queue.messages | 1 to 10000000
            queue           | {octets: 1KiB}      | queue.octets | 4KiB to 4GiB
            tls             | {}                  | tls  | mqtts://
            connections     | 2                   | connections | name, journal, broker
            journal         | all                 | journal | keys with values, none
            journal         | {max-age: 0s}       | journal.max-age | 1s to 3650d, none
            rules           | []                  | rules | a list of rules
            rules           | none                | rules | a list
            rules           | [{direction: out}]  | rules[0].filter | a topic filter
            rules           | [{filter: "a"}]     | rules[0].direction | in, out, both
            rules           | [{filter: "a", direction: up}] | rules[0].direction | in, out, both
            rules           | [{filter: "a", direction: out, qos: 3}] | rules[0].qos | 0 to 2
            rules           | [{filter: "#", direction: out, remote-prefix: x}] | rules[0] | prefixes that make
            rules           | [{filter: "a", direction: out, prefix: x}] | rules[0].prefix | filter, direction, qos
            """)
    void ofBridge_isNamedWithWhatIsAllowed(String key, String value, @Nullable String path, String allowed) {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("name", "cloud");
        others.put("broker", "mqtt://far.example");
        others.put("rules", "[{filter: \"a/#\", direction: out}]");
        String text = value.isEmpty() ? "\"\"" : value;
        assertRefused(
                List.of("bridge:", "  -"),
                "    ",
                others,
                key,
                text,
                path == null ? "bridge[0]" : "bridge[0]." + path,
                allowed);
    }

    private void assertRefused(
            List<String> head,
            String indent,
            Map<String, String> others,
            String key,
            @Nullable String value,
            String path,
            String allowed) {
        List<String> lines = new ArrayList<>(head);
        others.forEach((other, good) -> {
            if (!other.equals(key)) {
                lines.add(indent + other + ": " + good);
            }
        });
        lines.add(indent + key + ": " + (value == null ? "" : value));

        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new ConfigReader(Map.of())
                        .read(new SettingsFile("test.yaml", directory, String.join("\n", lines))));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).anySatisfy(problem -> {
            assertThat(problem.key()).isEqualTo(path);
            assertThat(problem.line()).isBetween(1, lines.size());
            assertThat(problem.problem()).isNotBlank().doesNotContain("null");
            assertThat(problem.allowed()).contains(allowed);
        });
    }
}

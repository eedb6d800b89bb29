package io.causeway.gateway.config;

import io.causeway.gateway.config.JournalConfig.Acknowledge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BridgeReaderTest {
    private final Path directory;

    BridgeReaderTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void journalOfABridge_acknowledgesByDefault() throws Exception {
        BridgeConfig bridge = read("""
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: both}]
                """).bridges().get(0);

        assertThat(bridge.connection().journal())
                .isNotNull()
                .satisfies(journal -> assertThat(journal.acknowledge()).isEqualTo(Acknowledge.JOURNAL));
    }

    @Test
    void bridgeWithoutADataDirectory_hasNoJournal() throws Exception {
        BridgeConfig bridge = read("""
                data-dir: none
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: out}]
                """).bridges().get(0);

        assertThat(bridge.connection().journal()).isNull();
    }

    @Test
    void everyMistake_isNamedWithItsPlace() {
        assertThat(problems("""
                bridge:
                  - name: far away
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: out}]
                  - name: cloud
                    rules: [{filter: "a#", direction: up, qos: 3}]
                  - name: cloud
                    broker: mqtt://far.example
                    rules: []
                """))
                .anyMatch(line -> line.contains(":2:") && line.contains("bridge[0].name"))
                .anyMatch(line -> line.contains(":5:") && line.contains("bridge[1].broker"))
                .anyMatch(line -> line.contains(":6:") && line.contains("bridge[1].rules[0].filter"))
                .anyMatch(line -> line.contains(":6:") && line.contains("bridge[1].rules[0].direction"))
                .anyMatch(line -> line.contains(":6:") && line.contains("bridge[1].rules[0].qos"))
                .anyMatch(line -> line.contains(":7:") && line.contains("has been given before"))
                .anyMatch(line -> line.contains(":9:") && line.contains("carries nothing"));
    }

    @Test
    void ruleWhosePrefixMakesNoFilter_isRefused() {
        assertThat(problems("""
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    rules: [{filter: "#", direction: out, remote-prefix: "site"}]
                """)).anyMatch(line -> line.contains(":4:") && line.contains("make no topic filter"));
    }

    @Test
    void ruleThatBringsInTopicsOfTheBrokerHere_isRefused() {
        assertThat(problems("""
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    rules:
                      - {filter: "$SYS/#", direction: in}
                      - {filter: "$share/all/a", direction: out}
                """))
                .anyMatch(line -> line.contains(":5:") && line.contains("$SYS"))
                .anyMatch(line -> line.contains(":6:") && line.contains("shared subscription"));
    }

    @Test
    void bridgesWithOneClientId_areRefused() {
        assertThat(problems("""
                gateway-id: 7
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    client-id: causeway-7-backup
                    rules: [{filter: "a/#", direction: out}]
                  - name: backup
                    broker: mqtt://farther.example
                    rules: [{filter: "a/#", direction: out}]
                  - name: third
                    broker: mqtt://farther.example
                    client-id: causeway-7-backup
                    rules: [{filter: "a/#", direction: out}]
                """))
                .hasSize(2)
                .anyMatch(line -> line.contains(":7:") && line.contains("bridge[1].client-id"))
                .anyMatch(line -> line.contains(":12:") && line.contains("each client id once"));
    }

    @Test
    void bridgeInModeAggregating_isRefused() {
        assertThat(problems("""
                upstream: {mode: aggregating, broker: "mqtt://near.example"}
                bridge:
                  - name: cloud
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: out}]
                """))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("bridge").contains("mode integrated"));
    }

    private GatewayConfig read(String yaml) throws ConfigException {
        return new ConfigReader(Map.of()).parse("test.yaml", directory, yaml);
    }

    private List<String> problems(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return refused.problems().stream().map(ConfigProblem::toString).toList();
    }
}

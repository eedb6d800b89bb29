package io.causeway.gateway.config;

import io.causeway.gateway.config.JournalConfig.Acknowledge;
import io.causeway.settings.ConfigException;
import io.causeway.settings.ConfigProblem;
import io.causeway.settings.SettingsFile;
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
    void bridge_announcesItselfUnlessItIsToldNotTo() throws Exception {
        GatewayConfig config = read("""
                bridge:
                  - {name: loud, broker: "mqtt://far.example", rules: [{filter: "a/#", direction: both}]}
                  - {name: shy, announce: false, broker: "mqtt://far.example", rules: [{filter: "b", direction: in}]}
                """);

        assertThat(config.bridges()).extracting(BridgeConfig::announce).containsExactly(true, false);
    }

    @Test
    void bridgeToThisGateway_isRefused() {
        assertThat(problems("""
                upstream: {listen: "0.0.0.0:1884"}
                bridge:
                  - name: self
                    broker: mqtt://localhost:1884
                    rules: [{filter: "a/#", direction: out}]
                """)).anyMatch(line -> line.contains(":4:") && line.contains("bridge[0].broker"));
    }

    @Test
    void bridgesOfWhichOneBringsBackWhatTheOtherTakesOut_areRefused() {
        assertThat(problems("""
                bridge:
                  - name: up
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: out}]
                  - name: down
                    broker: mqtt://far.example
                    rules: [{filter: "a/+/state", direction: in}]
                """)).anyMatch(line -> line.contains(":7:") && line.contains("'up'"));
    }

    @Test
    void bridgesOfWhichOneBringsInUnderOtherNames_areTaken() throws Exception {
        assertThat(read("""
                bridge:
                  - name: up
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: out}]
                  - name: down
                    broker: mqtt://far.example
                    rules: [{filter: "a/#", direction: in, local-prefix: "all/"}]
                """).bridges()).hasSize(2);
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
        return new ConfigReader(Map.of()).read(new SettingsFile("test.yaml", directory, yaml));
    }

    private List<String> problems(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return refused.problems().stream().map(ConfigProblem::toString).toList();
    }
}

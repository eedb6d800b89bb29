package io.causeway.simulator.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShippedScenariosTest {
    @ParameterizedTest
    @FieldSource("io.causeway.simulator.scenario.ShippedScenarios#NAMES")
    void shipped_canBeReadScaledAndHurried(String name) throws Exception {
        Scenario scenario = ScenarioReader.read(ShippedScenarios.file(name));

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.about()).isNotEmpty();
        assertThat(new Hurry(10_000).of(scenario.scaled(0.001)).sensors()).isLessThan(20);
    }

    @Test
    void directory_hasTheShippedAndNoOther() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(ShippedScenarios.NAMES.stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
    }

    @Test
    void unknownName_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ShippedScenarios.file("meters"))
                .hasMessage("there is no scenario 'meters', only smart-meters, cold-chain, parking, factory, storm");
    }

    @Test
    void hurry_dividesTimesButNotWhatGatewayAndWireDoNotDivide() throws Exception {
        Scenario scenario = ScenarioReader.read(ShippedScenarios.file("smart-meters"));

        Scenario hurried = new Hurry(60).of(scenario);

        assertThat(hurried.phases().steady()).isEqualTo(Duration.ofMinutes(1));
        assertThat(hurried.phases().drain()).isEqualTo(Duration.ofSeconds(15));
        Group meters = hurried.groups().get(0);
        assertThat(meters.sleep()).isEqualTo(new Sleep(Duration.ofSeconds(15), 0.02));
        assertThat(meters.connection().keepAlive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(meters.connection().retryInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Hurry(10_000).of(scenario).groups().get(0).sleep())
                .isEqualTo(new Sleep(Duration.ofSeconds(1), 0.02));
        assertThat(new Hurry(1).of(scenario)).isEqualTo(scenario);
    }

    @Test
    void scaled_keepsAtLeastOneOfEachGroup() throws Exception {
        Scenario scenario = ScenarioReader.read(ShippedScenarios.file("factory"));

        assertThat(scenario.scaled(2).sensors()).isEqualTo(200);
        assertThat(scenario.scaled(0.0001).groups()).extracting(Group::count).containsExactly(1, 1);
    }
}

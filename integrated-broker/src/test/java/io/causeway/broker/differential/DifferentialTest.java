package io.causeway.broker.differential;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients cannot tell Causeway from mosquitto, but for what docs/mqtt-broker.md lists. */
class DifferentialTest {
    private static final int SCRIPTS = Boolean.getBoolean("long") ? 2_000 : 20;

    @ParameterizedTest
    @EnumSource(Mix.class)
    void sameScript_isTheSameToEveryClient(Mix mix, @TempDir Path oneDirectory, @TempDir Path otherDirectory) {
        try (Mosquitto one = Mosquitto.start(oneDirectory);
                Mosquitto other = Mosquitto.start(otherDirectory);
                Player expected = new Player(one.port(), new Reading(true));
                Player actual = new Player(other.port(), new Reading(true))) {
            for (long seed = 0; seed < SCRIPTS; seed++) {
                Optional<Difference> difference = Difference.between(expected, actual, RandomScript.of(seed, mix));
                assertThat(difference.map(each -> each.shrunk(expected, actual)))
                        .as("seed %d", seed)
                        .isEmpty();
            }
        }
    }
}

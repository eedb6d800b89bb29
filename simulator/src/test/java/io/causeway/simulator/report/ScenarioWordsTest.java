package io.causeway.simulator.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScenarioWordsTest {
    @Test
    void course_isToldPhaseByPhase() {
        assertThat(ScenarioWords.course(BelievableRun.scenario().phases()))
                .isEqualTo("Ramp-up 1 min, steady 9 min, drain up to 30 s, ramp-down 28 s");
    }

    @Test
    void group_isToldTraitByTrait() {
        assertThat(ScenarioWords.traits(BelievableRun.scenario().groups().get(0)))
                .containsExactly(
                        "habits of zephyr",
                        "keep-alive 1 min",
                        "reports every 1 s \u00b1 10 % at QoS 1 to sim/{run}/{group}/{client}, 48 to 96 octets of JSON",
                        "5 % of its datagrams are lost",
                        "1 % of its datagrams come twice",
                        "datagrams take 40 ms on average, 5 ms at least",
                        "the link carries 250,000 bit/s",
                        "the network fails every 10 min on average, for 30 s to 1 min");
        assertThat(ScenarioWords.traits(BelievableRun.scenario().groups().get(1)))
                .containsExactly(
                        "keep-alive 1 min",
                        "reports every 30 s \u00b1 20 % at QoS 2 to sim/{run}/meters/{index}, retained, 32 octets",
                        "gets a command every 5 min on average at QoS 1 at sim/{run}/{client}/command, 32 octets",
                        "sleeps, and wakes every 30 s \u00b1 10 %");
    }
}

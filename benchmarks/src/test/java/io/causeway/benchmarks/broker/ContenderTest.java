package io.causeway.benchmarks.broker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContenderTest {
    @Test
    void runningAlready_isNotStartedAndHidesWhatItCosts() throws Exception {
        Contender contender = Contender.parse("theirs=127.0.0.1:1883");

        assertThat(contender.name()).isEqualTo("theirs");
        assertThat(contender.address().getPort()).isEqualTo(1883);
        assertThat(contender.start()).isNaN();
        assertThat(contender.cpuSeconds()).isNaN();
        assertThat(contender.residentMib()).isNaN();
    }

    @Test
    void commandThatEnds_isSaidNotToHaveStarted() {
        Contender contender = Contender.parse("ours=127.0.0.1:1=false a=b");

        assertThatThrownBy(contender::start)
                .isInstanceOf(LoadFailure.class)
                .hasMessage("ours has not started: false a=b");
    }

    @Test
    void noPort_isRefused() {
        assertThatThrownBy(() -> Contender.parse("ours=localhost")).isInstanceOf(IllegalArgumentException.class);
    }
}

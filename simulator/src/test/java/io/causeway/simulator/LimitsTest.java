package io.causeway.simulator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {
    private static final long MUCH = 1L << 40;

    @Test
    void enough_isNotMentioned() {
        assertThat(new Limits(1_600, 1_000, 81 << 20).shortages(1_000)).isEmpty();
        assertThat(Limits.ofThisMachine().shortages(1)).isEmpty();
    }

    @Test
    void tooFew_areSaidWithTheCommandThatRaisesThem() {
        assertThat(new Limits(1_024, MUCH, MUCH).shortages(1_000))
                .singleElement()
                .asString()
                .contains("1,600 file descriptors", "1,024", "sudo prlimit --pid $$ --nofile=1600");
        assertThat(new Limits(MUCH, 28_232, MUCH).shortages(30_000))
                .singleElement()
                .asString()
                .contains("28,232", "sudo sysctl net.ipv4.ip_local_port_range=\"1024 65535\"");
        assertThat(new Limits(MUCH, 64_512, MUCH).shortages(70_000))
                .singleElement()
                .asString()
                .contains("64,512", "several machines");
        assertThat(new Limits(MUCH, MUCH, 100 << 20).shortages(10_000))
                .singleElement()
                .asString()
                .contains("100 MiB", "CAUSEWAY_JAVA_OPTS=-Xmx");
    }
}

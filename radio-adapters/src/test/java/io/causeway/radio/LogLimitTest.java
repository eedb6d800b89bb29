package io.causeway.radio;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogLimitTest {
    private static final long SECOND_NANOS = 1_000_000_000;

    @Test
    void manyInOneSecond_oneLinePasses() {
        long start = Long.MAX_VALUE - 5; // nanoTime about to wrap
        LogLimit limit = new LogLimit(start);

        assertThat(limit.passes(start)).isTrue();
        assertThat(limit.passes(start)).isFalse();
        assertThat(limit.passes(start + SECOND_NANOS - 1)).isFalse();
        assertThat(limit.passes(start + SECOND_NANOS)).isTrue();
    }
}

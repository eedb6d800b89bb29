package io.causeway.benchmarks.broker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlowTest {
    @Test
    void everyFlow_hasAsManyCopiesUnderWay() {
        assertThat(new Flow(1, 1, 0).window()).isEqualTo(1_000);
        assertThat(new Flow(100, 1, 0).window()).isEqualTo(10);
        assertThat(new Flow(1, 100, 0).window()).isEqualTo(10);
    }
}

package io.causeway.testkit;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void untouched_standsStill() {
        assertThat(time.nowNanos()).isEqualTo(time.nowNanos());
    }

    @Test
    void advancedByAMinute_hasWrapped() {
        long startNanos = time.nowNanos();

        time.advance(Duration.ofMinutes(1));

        assertThat(time.nowNanos()).isNegative();
        assertThat(time.nowNanos() - startNanos).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void advancedToAPointInTime_isThere() {
        long laterNanos = time.nowNanos() + Duration.ofMinutes(1).toNanos();

        time.advanceTo(laterNanos);

        assertThat(time.nowNanos()).isEqualTo(laterNanos);
    }

    @Test
    void backwards_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> time.advance(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> time.advanceTo(time.nowNanos() - 1));
    }
}

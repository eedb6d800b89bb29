package io.causeway.radio;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LinkProfileTest {
    @ParameterizedTest
    @CsvSource({"0, 10, 3, 1", "1, 0, 3, 1", "1, -1, 3, 1", "1, 10, -1, 1", "1, 10, 3, 0"})
    void valueOutOfRange_isRefused(int largestDatagramOctets, int retrySeconds, int retryCount, int window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinkProfile(
                        largestDatagramOctets, Duration.ofSeconds(retrySeconds), retryCount, window, false));
    }
}

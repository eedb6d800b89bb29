package io.causeway.session;

import io.causeway.session.SessionSettings.QueueBound;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SessionSettingsTest {
    private static SessionSettings settings(
            Duration retry,
            int retries,
            double tolerance,
            int subscriptions,
            int aliases,
            int inFlight,
            Duration expiry) {
        QueueBound queue = SessionSettings.DEFAULTS.queue();
        return new SessionSettings(retry, retries, tolerance, queue, subscriptions, aliases, inFlight, expiry, true);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,  3,  1.5, 1, 1,     1, PT0S",
        "PT-1S, 3,  1.5, 1, 1,     1, PT0S",
        "PT1S,  -1, 1.5, 1, 1,     1, PT0S",
        "PT1S,  3,  0.9, 1, 1,     1, PT0S",
        "PT1S,  3,  -1,  1, 1,     1, PT0S",
        "PT1S,  3,  NaN, 1, 1,     1, PT0S",
        "PT1S,  3,  1.5, 0, 1,     1, PT0S",
        "PT1S,  3,  1.5, 1, 0,     1, PT0S",
        "PT1S,  3,  1.5, 1, 65535, 1, PT0S",
        "PT1S,  3,  1.5, 1, 1,     0, PT0S",
        "PT1S,  3,  1.5, 1, 1,     1, PT-1S"
    })
    void valueOutOfItsRange_isRefused(
            Duration retry,
            int retries,
            double tolerance,
            int subscriptions,
            int aliases,
            int inFlight,
            Duration expiry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(retry, retries, tolerance, subscriptions, aliases, inFlight, expiry));
    }

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 0, 0, 1, 1, 1, PT0S", "PT1S, 100, 1, 1, 65534, 1, P365D"})
    void valueAtTheEdge_isTaken(
            Duration retry,
            int retries,
            double tolerance,
            int subscriptions,
            int aliases,
            int inFlight,
            Duration expiry) {
        assertThatNoException()
                .isThrownBy(() -> settings(retry, retries, tolerance, subscriptions, aliases, inFlight, expiry));
    }

    @Test
    void queueOfNothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueBound(0, 1, OverflowPolicy.DROP_NEWEST));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueBound(1, 0, OverflowPolicy.DROP_NEWEST));
        assertThatNoException().isThrownBy(() -> new QueueBound(1, 1, OverflowPolicy.DROP_NEWEST));
    }

    @Test
    void admissionOfNobody_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AdmissionSettings(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdmissionSettings(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdmissionSettings(1, 1, 0));
        assertThatNoException().isThrownBy(() -> new AdmissionSettings(1, 1, 1));
    }

    @Test
    @Requirement("G-RTX-07")
    void retriesByDefault_areThoseTheSpecificationRecommends() {
        assertThat(SessionSettings.DEFAULTS.retryInterval()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
        assertThat(SessionSettings.DEFAULTS.retryCount()).isBetween(3, 5);
    }

    @Test
    void longestSleep_isAllowedWithoutOverflow() {
        Duration longest = Duration.ofSeconds(65_535);

        assertThat(SessionSettings.DEFAULTS.allowedNanos(longest))
                .isEqualTo(Duration.ofMillis(98_302_500).toNanos());
    }
}

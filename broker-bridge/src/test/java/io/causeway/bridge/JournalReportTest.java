package io.causeway.bridge;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalReportTest {
    private static final long CALM_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final JournalReport report = new JournalReport("link", START);

    @Test
    void refusal_isOverOnceNothingWasRefusedForAWhileThoughThereWasRoomBefore() {
        report.onRefused(0, "journal.messages (1)", START);
        report.onRefused(1, "messages (1) of journal.filters 'a'", START + 1);
        assertThat(report.isRefusing()).isTrue();
        assertThat(report.refusedRule()).isEqualTo(1);

        report.onRoom(START + CALM_NANOS);
        assertThat(report.isRefusing()).isTrue();
        report.onRoom(START + 1 + CALM_NANOS);
        assertThat(report.isRefusing()).isFalse();
    }
}

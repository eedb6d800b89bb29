package io.causeway.session;

import io.causeway.harness.RecordingLogger;
import io.causeway.harness.TestAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventLogTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final RecordingLogger logger = new RecordingLogger();
    private final EventLog log = new EventLog(logger, 2, START);

    private void connected(long nowNanos) {
        log.event(nowNanos, "connected", "sensor", ADDRESS, "");
    }

    @Test
    void event_isOneLineWithClientAddressAndCause() {
        log.event(START, "connected", "sensor", ADDRESS, "");
        log.event(START, "moved", "sensor", ADDRESS, "was elsewhere");

        assertThat(logger.lines())
                .containsExactly(
                        "INFO connected client=sensor address=10.0.0.1:1",
                        "INFO moved client=sensor address=10.0.0.1:1 cause=was elsewhere");
    }

    @Test
    void whatSomebodyShouldKnow_isAWarning() {
        log.warning(START, "lost", "sensor", ADDRESS, "silent");

        assertThat(logger.lines()).containsExactly("WARN lost client=sensor address=10.0.0.1:1 cause=silent");
    }

    @Test
    void clientThatPutsALineBreakIntoItsId_writesNoLineOfItsOwn() {
        log.event(START, "connected", "a\nWARN lost client=b", ADDRESS, "c\rd");
        log.warning(START, "lost", "a\nb", ADDRESS, "c\nd");
        log.failure("a\nb", ADDRESS, new IllegalStateException("ours"));

        assertThat(logger.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\\u000a").doesNotContain("\n", "\r"));
    }

    @Test
    void moreLinesThanASecondMayHave_areCountedAndToldOnce() {
        for (int i = 0; i < 10; i++) {
            connected(START + SECOND - 1);
        }
        log.warning(START + SECOND - 1, "lost", "sensor", ADDRESS, "silent");
        assertThat(logger.lines()).hasSize(2);

        connected(START + SECOND);

        assertThat(logger.lines()).hasSize(4);
        assertThat(logger.lines().get(2)).isEqualTo("INFO 9 more events of clients were not logged one by one");
        connected(START + 2 * SECOND);
        assertThat(logger.lines()).as("nothing was left out this time").hasSize(5);
    }

    @Test
    void everySecond_hasTheSameBound() {
        for (int second = 1; second <= 3; second++) {
            for (int i = 0; i < 10; i++) {
                connected(START + second * SECOND);
            }
        }

        assertThat(logger.lines())
                .filteredOn(line -> line.contains("connected"))
                .hasSize(3 * 2);
    }

    @Test
    void ourOwnFault_isAlwaysLogged() {
        for (int i = 0; i < 3; i++) {
            log.failure("sensor", ADDRESS, new IllegalStateException("ours"));
        }

        assertThat(logger.lines())
                .hasSize(3)
                .containsOnly("ERROR session failed client=sensor address=10.0.0.1:1"
                        + " java.lang.IllegalStateException: ours");
    }
}

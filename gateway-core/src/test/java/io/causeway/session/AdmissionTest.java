package io.causeway.session;

import io.causeway.harness.TestAddress;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Requirement("G-ROB-06")
class AdmissionTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int WATCHED_HOSTS = 10_000;

    private static Admission admission(int perSecond, int perAddress, int shards) {
        return new Admission(new AdmissionSettings(1, perSecond, perAddress), shards, START);
    }

    private static int admitted(Admission admission, String host, int attempts, long nowNanos) {
        int admitted = 0;
        for (int port = 0; port < attempts; port++) {
            admitted += admission.admits(new TestAddress(host, port), nowNanos) ? 1 : 0;
        }
        return admitted;
    }

    private static void fill(Admission admission, long nowNanos) {
        for (int i = 0; i < WATCHED_HOSTS; i++) {
            admission.admits(new TestAddress("host-" + i, 1), nowNanos);
        }
    }

    @Test
    void rateOfAll_isSharedByAllHosts() {
        Admission admission = admission(10, 8, 1);

        assertThat(admitted(admission, "first", 100, START)).isEqualTo(8);
        assertThat(admitted(admission, "second", 100, START)).isEqualTo(2);
        assertThat(admitted(admission, "third", 100, START + SECOND / 2)).isEqualTo(5);
    }

    @Test
    void rates_areDividedAmongTheShards() {
        Admission oneOfFour = admission(40, 20, 4);

        assertThat(admitted(oneOfFour, "first", 100, START)).isEqualTo(5);
        assertThat(admitted(oneOfFour, "second", 100, START)).isEqualTo(5);
        assertThat(admitted(oneOfFour, "third", 100, START)).isZero();
    }

    @Test
    void everyShard_admitsAtLeastOnePerSecond() {
        Admission oneOfMany = admission(1, 1, 64);

        assertThat(admitted(oneOfMany, "first", 100, START)).isEqualTo(1);
    }

    @Test
    void hostThatIsRefused_takesNothingFromTheRateOfAll() {
        Admission admission = admission(10, 1, 1);

        admitted(admission, "greedy", 1_000, START);

        int others = 0;
        for (int i = 0; i < 20; i++) {
            others += admitted(admission, "host-" + i, 1, START);
        }
        assertThat(others).isEqualTo(9);
    }

    @Test
    void moreHostsThanAreWatched_areLimitedByTheRateOfAllOnly() {
        Admission admission = admission(1_000_000, 1, 1);
        fill(admission, START);

        assertThat(admitted(admission, "one more", 100, START)).isEqualTo(100);
        assertThat(admitted(admission, "host-7", 100, START))
                .as("still watched")
                .isZero();
    }

    @Test
    void quietHosts_makeRoomForOthersToBeWatched() {
        Admission admission = admission(1_000_000, 1, 1);
        fill(admission, START);

        assertThat(admitted(admission, "one more", 100, START + SECOND)).isEqualTo(1);
    }
}

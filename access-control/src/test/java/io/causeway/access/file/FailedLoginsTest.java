package io.causeway.access.file;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailedLoginsTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long FORGOTTEN_NANOS = FailedLogins.FORGOTTEN_AFTER.toNanos();

    private final FailedLogins failures = new FailedLogins();

    @Test
    void manyFailures_silenceTheHostAndNoOther() {
        fail("guesser", FailedLogins.PATIENCE);

        assertThat(failures.mayTry("guesser", START)).isFalse();
        assertThat(failures.mayTry("other", START)).isTrue();
    }

    @Test
    void fewFailures_changeNothing() {
        fail("clumsy", FailedLogins.PATIENCE - 1);

        assertThat(failures.mayTry("clumsy", START)).isTrue();
    }

    @Test
    void oneFailureForgotten_allowsOneTry() {
        fail("guesser", FailedLogins.PATIENCE);

        assertThat(failures.mayTry("guesser", START + FORGOTTEN_NANOS - 1)).isFalse();
        assertThat(failures.mayTry("guesser", START + FORGOTTEN_NANOS)).isTrue();

        failures.add("guesser", START + FORGOTTEN_NANOS);
        assertThat(failures.mayTry("guesser", START + FORGOTTEN_NANOS)).isFalse();
    }

    @Test
    void allFailuresForgotten_hostIsAsNew() {
        fail("guesser", FailedLogins.PATIENCE);
        long later = START + Duration.ofHours(1).toNanos();

        for (int i = 0; i < FailedLogins.PATIENCE - 1; i++) {
            assertThat(failures.add("guesser", later)).isFalse();
        }
        assertThat(failures.mayTry("guesser", later)).isTrue();
    }

    @Test
    void beginOfSlowing_isToldOnce() {
        fail("guesser", FailedLogins.PATIENCE - 1);

        assertThat(failures.add("guesser", START)).isTrue();
        assertThat(failures.add("guesser", START)).isFalse();
    }

    @Test
    void addressesOfOneIpv6Network_areOneHost() throws Exception {
        InetAddress one = InetAddress.getByName("2001:db8::1");
        InetAddress sibling = InetAddress.getByName("2001:db8::2");
        InetAddress stranger = InetAddress.getByName("2001:db8:0:1::1");
        fail(one, FailedLogins.PATIENCE);

        assertThat(failures.mayTry(sibling, START)).isFalse();
        assertThat(failures.mayTry(stranger, START)).isTrue();
    }

    @Test
    void tooManyHosts_theOneThatWasQuietLongestIsForgotten() {
        fail("first", FailedLogins.PATIENCE);
        fail("second", FailedLogins.PATIENCE);
        failures.add("first", START);
        for (int i = 0; i < FailedLogins.MAX_HOSTS - 1; i++) {
            failures.add(i, START);
        }

        assertThat(failures.mayTry("second", START)).isTrue();
        assertThat(failures.mayTry("first", START)).isFalse();
    }

    private void fail(Object host, int times) {
        for (int i = 0; i < times; i++) {
            failures.add(host, START);
        }
    }
}

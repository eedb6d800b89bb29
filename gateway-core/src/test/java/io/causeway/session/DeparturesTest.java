package io.causeway.session;

import io.causeway.harness.TestAddress;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeparturesTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(40).toNanos();
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final List<NetworkIdentity> over = new ArrayList<>();
    private final Departures departures = new Departures(SessionSettings.DEFAULTS, over::add);

    @Test
    @Requirement({"G-DISCON-02", "G-ROB-07"})
    void departure_isAnsweredAsOftenAsClientsRepeat() {
        departures.add(ADDRESS, START);

        assertThat(departures.mayAnswer(ADDRESS, START)).isTrue();
        assertThat(departures.mayAnswer(ADDRESS, START + 1)).isTrue();
        assertThat(departures.mayAnswer(ADDRESS, START + REMEMBERED_NANOS - 1)).isTrue();
        assertThat(departures.mayAnswer(ADDRESS, START + REMEMBERED_NANOS - 1)).isFalse();
    }

    @Test
    void departureLongAgo_isNotAnswered() {
        departures.add(ADDRESS, START);

        assertThat(departures.mayAnswer(ADDRESS, START + REMEMBERED_NANOS)).isFalse();
    }

    @Test
    void addressNobodyDepartedFrom_isNotAnswered() {
        assertThat(departures.mayAnswer(ADDRESS, START)).isFalse();
    }

    @Test
    void forgottenAddress_isNotAnsweredAndNobodyIsTold() {
        departures.add(ADDRESS, START);

        departures.forget(ADDRESS);

        assertThat(departures.mayAnswer(ADDRESS, START)).isFalse();
        assertThat(over).isEmpty();
    }

    @Test
    void departingAgain_isAnsweredAsOftenAgain() {
        departures.add(ADDRESS, START);
        departures.mayAnswer(ADDRESS, START);

        departures.add(ADDRESS, START + 1);

        for (int i = 0; i < 3; i++) {
            assertThat(departures.mayAnswer(ADDRESS, START + REMEMBERED_NANOS)).isTrue();
        }
        assertThat(departures.mayAnswer(ADDRESS, START + REMEMBERED_NANOS)).isFalse();
        assertThat(over).isEmpty();
    }

    @Test
    void departuresThatAreOver_areToldWithTheNextOne() {
        NetworkIdentity second = new TestAddress("10.0.0.1", 2);
        departures.add(ADDRESS, START);
        departures.add(second, START + 1);

        departures.add(new TestAddress("10.0.0.1", 3), START + REMEMBERED_NANOS);

        assertThat(over).containsExactly(ADDRESS);
        assertThat(departures.mayAnswer(second, START + REMEMBERED_NANOS)).isTrue();
    }

    @Test
    void departingAgain_doesNotKeepOthersLonger() {
        NetworkIdentity second = new TestAddress("10.0.0.1", 2);
        departures.add(ADDRESS, START);
        departures.add(second, START + 1);
        departures.add(ADDRESS, START + 2);

        departures.add(new TestAddress("10.0.0.1", 3), START + 1 + REMEMBERED_NANOS);

        assertThat(over).containsExactly(second);
    }

    @Test
    @Requirement("G-ROB-06")
    void moreThanCanBeRemembered_pushOutTheOldest() {
        for (int port = 1; port <= 10_001; port++) {
            departures.add(new TestAddress("10.0.0.1", port), START);
        }

        assertThat(over).containsExactly(ADDRESS);
        assertThat(departures.mayAnswer(ADDRESS, START)).isFalse();
        assertThat(departures.mayAnswer(new TestAddress("10.0.0.1", 2), START)).isTrue();
    }

    @Test
    void withoutRetries_oneRepetitionIsAnswered() {
        SessionSettings d = SessionSettings.DEFAULTS;
        SessionSettings noRetries = new SessionSettings(
                d.retryInterval(),
                0,
                d.keepAliveTolerance(),
                d.queue(),
                d.maxSubscriptions(),
                d.maxTopicAliases(),
                d.maxInboundInFlight(),
                d.expiry(),
                d.sleeperPingMoves());
        Departures once = new Departures(noRetries, over::add);
        once.add(ADDRESS, START);

        assertThat(once.mayAnswer(ADDRESS, START)).isTrue();
        assertThat(once.mayAnswer(ADDRESS, START)).isFalse();
    }
}

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
    private final RecordingPort port = new RecordingPort();
    private final Departures departures = new Departures(SessionSettings.DEFAULTS, over::add);

    @Test
    @Requirement({"G-DISCON-02", "G-ROB-07"})
    void departure_isAnsweredAsOftenAsClientsRepeat() {
        departures.add(ADDRESS, port, START);

        assertThat(departures.answerable(ADDRESS, START)).isSameAs(port);
        assertThat(departures.answerable(ADDRESS, START + 1)).isSameAs(port);
        assertThat(departures.answerable(ADDRESS, START + REMEMBERED_NANOS - 1)).isSameAs(port);
        assertThat(departures.answerable(ADDRESS, START + REMEMBERED_NANOS - 1)).isNull();
    }

    @Test
    void departureLongAgo_isNotAnswered() {
        departures.add(ADDRESS, port, START);

        assertThat(departures.answerable(ADDRESS, START + REMEMBERED_NANOS)).isNull();
    }

    @Test
    void addressNobodyDepartedFrom_isNotAnswered() {
        assertThat(departures.answerable(ADDRESS, START)).isNull();
    }

    @Test
    void forgottenAddress_isNotAnsweredAndNobodyIsTold() {
        departures.add(ADDRESS, port, START);

        departures.forget(ADDRESS);

        assertThat(departures.answerable(ADDRESS, START)).isNull();
        assertThat(over).isEmpty();
    }

    @Test
    void departingAgain_isAnsweredAsOftenAgain() {
        departures.add(ADDRESS, port, START);
        departures.answerable(ADDRESS, START);

        departures.add(ADDRESS, port, START + 1);

        for (int i = 0; i < 3; i++) {
            assertThat(departures.answerable(ADDRESS, START + REMEMBERED_NANOS)).isSameAs(port);
        }
        assertThat(departures.answerable(ADDRESS, START + REMEMBERED_NANOS)).isNull();
        assertThat(over).isEmpty();
    }

    @Test
    void departuresThatAreOver_areToldWithTheNextOne() {
        NetworkIdentity second = new TestAddress("10.0.0.1", 2);
        departures.add(ADDRESS, port, START);
        departures.add(second, port, START + 1);

        departures.add(new TestAddress("10.0.0.1", 3), port, START + REMEMBERED_NANOS);

        assertThat(over).containsExactly(ADDRESS);
        assertThat(departures.answerable(second, START + REMEMBERED_NANOS)).isSameAs(port);
    }

    @Test
    void departingAgain_doesNotKeepOthersLonger() {
        NetworkIdentity second = new TestAddress("10.0.0.1", 2);
        departures.add(ADDRESS, port, START);
        departures.add(second, port, START + 1);
        departures.add(ADDRESS, port, START + 2);

        departures.add(new TestAddress("10.0.0.1", 3), port, START + 1 + REMEMBERED_NANOS);

        assertThat(over).containsExactly(second);
    }

    @Test
    @Requirement("G-ROB-06")
    void moreThanCanBeRemembered_pushOutTheOldest() {
        for (int number = 1; number <= 10_001; number++) {
            departures.add(new TestAddress("10.0.0.1", number), port, START);
        }

        assertThat(over).containsExactly(ADDRESS);
        assertThat(departures.answerable(ADDRESS, START)).isNull();
        assertThat(departures.answerable(new TestAddress("10.0.0.1", 2), START)).isSameAs(port);
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
        once.add(ADDRESS, port, START);

        assertThat(once.answerable(ADDRESS, START)).isSameAs(port);
        assertThat(once.answerable(ADDRESS, START)).isNull();
    }
}

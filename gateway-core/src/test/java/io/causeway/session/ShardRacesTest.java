package io.causeway.session;

import io.causeway.harness.ScriptedUpstream;
import io.causeway.harness.TestAddress;
import io.causeway.routing.Router;
import io.causeway.store.SessionStore;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two shards whose clients use one address, with every order of what they tell each other. */
@Requirement("G-NAT-03")
class ShardRacesTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);

    private final Directory directory = new Directory();
    private final Loop first = new Loop();
    private final Loop second = new Loop();
    private final RecordingPort port = new RecordingPort();

    /** A shard and what is posted to it, done when the test says so. */
    private final class Loop {
        private final Deque<LongConsumer> posted = new ArrayDeque<>();
        private final Shard shard = new Shard(
                SessionSettings.DEFAULTS,
                AdmissionSettings.DEFAULTS,
                ClientPolicy.OPEN,
                new ScriptedUpstream(new Router(), SessionStore.NONE),
                SessionStore.NONE,
                posted::add,
                directory,
                2,
                NOW);

        private void connects(String clientId) {
            connects(clientId, ADDRESS);
        }

        private void connects(String clientId, NetworkIdentity from) {
            Duration keepAlive = Duration.ofMinutes(1);
            shard.connect(
                    new ConnectRequest(clientId, false, keepAlive, new ConnectRequest.WillChange.Keep()),
                    from,
                    port,
                    NOW);
        }

        private void disconnects(NetworkIdentity from, long nowNanos) {
            Objects.requireNonNull(shard.sessionAt(from)).onDisconnect(nowNanos);
        }

        private void catchesUp() {
            while (!posted.isEmpty()) {
                posted.remove().accept(NOW);
            }
        }

        private String clientAtTheAddress() {
            ClientSession session = shard.sessionAt(ADDRESS);
            return session == null ? "nobody" : session.clientId();
        }
    }

    private void everybodyCatchesUp() {
        first.catchesUp();
        second.catchesUp();
    }

    @Test
    void addressThatGoesOver_isTheOtherShards() {
        first.connects("on first");
        second.connects("on second");
        everybodyCatchesUp();

        assertThat(directory.ownerOf(ADDRESS)).isSameAs(second.shard);
        assertThat(first.clientAtTheAddress()).isEqualTo("nobody");
        assertThat(second.clientAtTheAddress()).isEqualTo("on second");
        assertThat(first.shard.counters().get(Count.ADDRESSES_REASSIGNED)).isEqualTo(1);
    }

    @Test
    void addressThatGoesOverAndBackBeforeAnybodyHears_isTheFirstShards() {
        first.connects("on first");
        second.connects("on second");
        first.connects("on first");
        everybodyCatchesUp();

        assertThat(directory.ownerOf(ADDRESS)).isSameAs(first.shard);
        assertThat(first.clientAtTheAddress()).isEqualTo("on first");
        assertThat(second.clientAtTheAddress()).isEqualTo("nobody");
        assertThat(first.shard.counters().get(Count.ADDRESSES_REASSIGNED)).isZero();
    }

    @Test
    void lateNewsOfAClaim_doesNotThrowOutALaterClient() {
        second.connects("on second");
        second.catchesUp();
        first.connects("on first");
        second.connects("on second");
        second.catchesUp();
        first.catchesUp();

        assertThat(directory.ownerOf(ADDRESS)).isSameAs(second.shard);
        assertThat(second.clientAtTheAddress()).isEqualTo("on second");
        assertThat(first.clientAtTheAddress()).isEqualTo("nobody");
    }

    @Test
    void formerOwnerThatLetsGoLate_doesNotTakeTheAddressAway() {
        first.connects("on first");
        ClientSession session = Objects.requireNonNull(first.shard.sessionAt(ADDRESS));
        second.connects("on second");
        session.onDisconnect(NOW);
        everybodyCatchesUp();

        assertThat(directory.ownerOf(ADDRESS)).isSameAs(second.shard);
    }

    @Test
    void departedAddress_staysWithItsShardWhileItIsRemembered() {
        first.connects("on first");
        first.disconnects(ADDRESS, NOW);
        assertThat(directory.ownerOf(ADDRESS)).isSameAs(first.shard);

        NetworkIdentity elsewhere = new TestAddress("10.0.0.1", 2);
        first.connects("another", elsewhere);
        first.disconnects(elsewhere, NOW + Duration.ofSeconds(40).toNanos());

        assertThat(directory.ownerOf(ADDRESS)).isNull();
        assertThat(directory.ownerOf(elsewhere)).isSameAs(first.shard);
    }

    @Test
    void departedAddressThatIsAnothersNow_isNotAnsweredByTheFormerOwner() {
        first.connects("on first");
        first.disconnects(ADDRESS, NOW);
        second.connects("on second");
        everybodyCatchesUp();
        port.said();

        first.shard.onDisconnectAgain(ADDRESS, NOW);

        assertThat(port.said()).isEmpty();
    }

    @Test
    void addressThatItsClientHasLeft_isNobodys() {
        NetworkIdentity elsewhere = new TestAddress("10.0.0.1", 2);
        first.connects("sensor");

        first.connects("sensor", elsewhere);

        assertThat(directory.ownerOf(ADDRESS)).isNull();
        assertThat(directory.ownerOf(elsewhere)).isSameAs(first.shard);
    }

    @Test
    void addressThatASleeperHasLeft_isNobodys() {
        NetworkIdentity elsewhere = new TestAddress("10.0.0.1", 2);
        first.connects("sensor");
        Objects.requireNonNull(first.shard.sessionAt(ADDRESS)).onSleep(Duration.ofMinutes(1), NOW);

        assertThat(first.shard.wake("sensor", elsewhere, port, NOW)).isTrue();

        assertThat(directory.ownerOf(ADDRESS)).isNull();
        assertThat(first.clientAtTheAddress()).isEqualTo("nobody");
        assertThat(directory.ownerOf(elsewhere)).isSameAs(first.shard);
    }
}

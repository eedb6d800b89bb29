package io.causeway.dialect.v12;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillTopic;
import io.causeway.harness.ScriptedUpstream;
import io.causeway.harness.TestAddress;
import io.causeway.routing.Router;
import io.causeway.session.AdmissionSettings;
import io.causeway.session.ClientPolicy;
import io.causeway.session.Directory;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.SessionSettings;
import io.causeway.session.Shard;
import io.causeway.store.SessionStore;
import io.causeway.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What belongs to a prompting is for its shard until that ends, however it ends; the address is not its before. */
@Requirement("G-ROB-02")
class WillPromptsTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);
    private static final WillTopic TOPIC = new WillTopic(Qos.AT_MOST_ONCE, false, "a/b");

    private final Directory directory = new Directory();
    private final Shard shard = new Shard(
            SessionSettings.DEFAULTS,
            new AdmissionSettings(1, 1_000, 1_000),
            ClientPolicy.OPEN,
            new ScriptedUpstream(new Router(), SessionStore.NONE),
            SessionStore.NONE,
            work -> work.accept(NOW),
            directory,
            1,
            NOW);
    private final Dialect dialect = new Dialect(
            shard, new DialectSettings(1, Leniency.FIELD, true, false, TIMEOUT), new Nowhere(), new PacketTrace());

    /** Sends nothing. */
    private static final class Nowhere implements PacketSink {
        @Override
        public void send(NetworkIdentity to, Packet packet) {
            // Only the directory is looked at.
        }

        @Override
        public void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius) {
            // Only the directory is looked at.
        }
    }

    private void send(Packet packet) {
        dialect.onPacket(ADDRESS, packet, NOW);
    }

    private void connects() {
        send(new Connect(true, true, Connect.PROTOCOL_ID, 60, "sensor"));
    }

    @Test
    void prompting_lastsUntilItsTimeIsOver() {
        connects();
        shard.advance(NOW + TIMEOUT.toNanos() - 1);
        assertThat(directory.handshakeAt(ADDRESS)).isSameAs(shard);
        assertThat(directory.ownerOf(ADDRESS)).isNull();

        shard.advance(NOW + TIMEOUT.plusMillis(20).toNanos());
        assertThat(directory.handshakeAt(ADDRESS)).isNull();
    }

    @Test
    void promptingThatIsDone_leavesTheAddressToItsClient() {
        connects();
        send(TOPIC);
        send(new WillMsg(Octets.EMPTY));

        shard.advance(NOW + TIMEOUT.plusMillis(20).toNanos());

        assertThat(directory.handshakeAt(ADDRESS)).isNull();
        assertThat(directory.ownerOf(ADDRESS)).isSameAs(shard);
    }

    @Test
    void willThatIsRefused_endsThePrompting() {
        connects();
        send(new WillTopic(Qos.AT_MOST_ONCE, false, "a/#"));

        assertThat(directory.handshakeAt(ADDRESS)).isNull();
    }

    @Test
    void clientForWhomThereIsNoRoom_getsNoAddress() {
        connects();
        send(TOPIC);
        NetworkIdentity other = new TestAddress("10.0.0.2", 2);
        dialect.onPacket(other, new Connect(false, true, Connect.PROTOCOL_ID, 60, "faster"), NOW);

        send(new WillMsg(Octets.EMPTY));

        assertThat(directory.handshakeAt(ADDRESS)).isNull();
        assertThat(directory.ownerOf(ADDRESS)).isNull();
        assertThat(directory.ownerOf(other)).isSameAs(shard);
    }
}

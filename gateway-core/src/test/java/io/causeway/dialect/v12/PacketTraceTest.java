package io.causeway.dialect.v12;

import io.causeway.access.ClientPattern;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingReq;
import io.causeway.harness.RecordingLogger;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacketTraceTest {
    private static final long NOW = 0;
    private static final NetworkIdentity ADDRESS = new TestAddress("10.0.0.1", 1);
    private static final NetworkIdentity OTHER_ADDRESS = new TestAddress("10.0.0.2", 2);

    private final RecordingLogger logger = new RecordingLogger();
    private final PacketTrace trace = new PacketTrace(logger);
    private final Dialect dialect = new Dialect(
            new Shard(
                    SessionSettings.DEFAULTS,
                    AdmissionSettings.DEFAULTS,
                    ClientPolicy.OPEN,
                    new ScriptedUpstream(new Router(), SessionStore.NONE),
                    SessionStore.NONE,
                    work -> work.accept(NOW),
                    new Directory(),
                    1,
                    NOW),
            new DialectSettings(1, Leniency.FIELD, true, false, Duration.ofSeconds(40)),
            new Nowhere(),
            trace);

    /** Sends nothing. */
    private static final class Nowhere implements PacketSink {
        @Override
        public void send(NetworkIdentity to, Packet packet) {
            // Only the trace is looked at.
        }

        @Override
        public void broadcast(NetworkIdentity onLinkOf, Packet packet, int radius) {
            // Only the trace is looked at.
        }
    }

    private void connects(String clientId, NetworkIdentity from) {
        dialect.onPacket(from, new Connect(false, true, 1, 60, clientId), NOW);
    }

    @Test
    void tracedClient_hasEveryPacketLoggedFromItsFirst() {
        trace.trace(List.of(new ClientPattern("pump-*")));

        connects("pump-7", ADDRESS);
        dialect.onPacket(ADDRESS, new PingReq(""), NOW);

        assertThat(logger.lines()).hasSize(4);
        assertThat(logger.lines().get(0)).startsWith("INFO pump-7 10.0.0.1:1 -> Connect[");
        assertThat(logger.lines().get(1)).startsWith("INFO pump-7 10.0.0.1:1 <- ConnAck[");
        assertThat(logger.lines().get(2)).startsWith("INFO pump-7 10.0.0.1:1 -> PingReq[");
        assertThat(logger.lines().get(3)).startsWith("INFO pump-7 10.0.0.1:1 <- PingResp[");
    }

    @Test
    void wakeOfATracedClientElsewhere_isLogged() {
        trace.trace(List.of(new ClientPattern("pump-*")));

        dialect.onPacket(OTHER_ADDRESS, new PingReq("pump-7"), NOW);

        assertThat(logger.lines()).hasSize(2);
        assertThat(logger.lines().get(1)).isEqualTo("INFO pump-7 10.0.0.2:2 <- Disconnect[durationSeconds=-1]");
    }

    @Test
    void otherClients_areNotLogged() {
        trace.trace(List.of(new ClientPattern("pump-*"), new ClientPattern("valve")));
        connects("sensor", ADDRESS);
        assertThat(logger.lines()).isEmpty();

        connects("valve", OTHER_ADDRESS);
        assertThat(logger.lines()).hasSize(2);

        trace.trace(List.of());
        connects("pump-7", ADDRESS);
        assertThat(logger.lines()).hasSize(2);
    }

    @Test
    void lineBreakInAClientId_beginsNoLine() {
        trace.trace(List.of(new ClientPattern("*")));

        connects("a\nb", ADDRESS);

        assertThat(logger.lines()).hasSize(2).noneMatch(line -> line.contains("\n"));
    }
}
